import { describe, expect, it } from 'vitest';
import { EventQueueFullError } from '../../domain/errors/event-queue-full.error.js';
import { ValidationFailedError } from '../../domain/errors/validation-failed.error.js';
import { SocketEventQueue } from './socket-event-queue.js';
import type { ReceivedEvent } from './ws-answer.js';

const event = (name: string, payload?: unknown): ReceivedEvent => ({
  name,
  payload,
  ack: () => undefined,
});

/** Of so many bytes as JSON, in characters of two bytes as far as it goes. */
const payload = (bytes: number) => 'é'.repeat(Math.floor((bytes - 2) / 2)) + (bytes % 2 === 0 ? '' : 'x');

/** A queue whose first event runs until the gate is opened. */
function heldQueue() {
  const gate = Promise.withResolvers<void>();
  const ran: string[] = [];
  let running = 0;
  const last = Promise.withResolvers<void>();
  const queue = new SocketEventQueue(async ({ name }) => {
    running += 1;
    ran.push(running > 1 ? `${name} beside another` : name);
    await gate.promise;
    running -= 1;
    // Once the queue has seen the end of it, too.
    if (name === 'last') setImmediate(last.resolve);
  });
  return { queue, ran, open: () => gate.resolve(), end: last.promise };
}

function takes(queue: SocketEventQueue, one: ReceivedEvent): boolean {
  try {
    queue.push(one);
    return true;
  } catch (error) {
    if (error instanceof EventQueueFullError) return false;
    throw error;
  }
}

it('refuses what is nested too deeply to be measured, and goes on', () => {
  const { queue } = heldQueue();
  // The engine's own recursion limit is what is met here: integer keys are the costly ones.
  const deep = JSON.parse(`${'{"1":'.repeat(10_833)}1${'}'.repeat(10_833)}`) as unknown;
  takes(queue, event('running'));
  expect(() => takes(queue, event('deep', deep))).toThrow(ValidationFailedError);
  expect(takes(queue, event('next'))).toBe(true);
});

it('runs events one after another in their order', async () => {
  const { queue, ran, open, end } = heldQueue();
  for (const name of ['a', 'b', 'c', 'last']) expect(takes(queue, event(name))).toBe(true);
  expect(ran).toEqual(['a']);
  open();
  await end;
  expect(ran).toEqual(['a', 'b', 'c', 'last']);
});

it('runs what comes after it was empty', async () => {
  const { queue, ran, open, end } = heldQueue();
  open();
  takes(queue, event('a'));
  takes(queue, event('last'));
  await end;
  takes(queue, event('b'));
  expect(ran).toEqual(['a', 'last', 'b']);
});

describe('lets consecutive send_message events run together', () => {
  it('started in their order, and whatever else is sent waits for all of them', async () => {
    const gates = new Map<string, () => void>();
    const log: string[] = [];
    const queue = new SocketEventQueue(async ({ name, payload: label }) => {
      const gate = Promise.withResolvers<void>();
      gates.set(`${name} ${String(label)}`, gate.resolve);
      log.push(`${name} ${String(label)}`);
      await gate.promise;
    });
    const end = async (label: string) => {
      gates.get(label)?.();
      await new Promise(setImmediate);
    };
    for (const [name, label] of [
      ['send_message', 1],
      ['send_message', 2],
      ['leave_room', 3],
      ['send_message', 4],
      ['leave_room', 5],
      ['leave_room', 6],
    ] as const) {
      queue.push(event(name, label));
    }
    expect(log).toEqual(['send_message 1', 'send_message 2']);
    await end('send_message 2');
    expect(log).toHaveLength(2);
    await end('send_message 1');
    expect(log.slice(2)).toEqual(['leave_room 3']);
    await end('leave_room 3');
    expect(log.slice(3)).toEqual(['send_message 4']);
    await end('send_message 4');
    expect(log.slice(4)).toEqual(['leave_room 5']);
    await end('leave_room 5');
    expect(log.slice(5)).toEqual(['leave_room 6']);
  });

  it('within the bounds of what waits', () => {
    const { queue, ran } = heldQueue();
    const pushed = Array.from({ length: 1_001 }, () => takes(queue, event('send_message')));
    expect(pushed).not.toContain(false);
    expect(ran).toHaveLength(1_001);
    expect(takes(queue, event('send_message'))).toBe(false);
  });
});

describe('lets 1,000 events wait behind the one that runs', () => {
  it('and no more, until some have run', async () => {
    const { queue, ran, open, end } = heldQueue();
    expect(takes(queue, event('running'))).toBe(true);
    const pushed = Array.from({ length: 999 }, (_, index) => takes(queue, event(String(index))));
    expect(pushed).not.toContain(false);
    expect(takes(queue, event('last'))).toBe(true);
    expect(takes(queue, event('refused'))).toBe(false);
    open();
    await end;
    expect(ran).toHaveLength(1_001);
    expect(ran).not.toContain('refused');
    expect(takes(queue, event('again'))).toBe(true);
  });
});

describe('lets 1 MiB wait behind the event that runs', () => {
  const MIB = 1_048_576;
  it('exactly', () => {
    const { queue } = heldQueue();
    takes(queue, event('running', payload(MIB)));
    expect(takes(queue, event('too large', payload(MIB + 1)))).toBe(false);
    expect(takes(queue, event('fits', payload(MIB)))).toBe(true);
    expect(takes(queue, event('one more', 1))).toBe(false);
  });

  it('counts all of what waits, and no longer what has run', async () => {
    const { queue, open, end } = heldQueue();
    takes(queue, event('running'));
    expect(takes(queue, event('half', payload(MIB / 2)))).toBe(true);
    expect(takes(queue, event('last', payload(MIB / 2)))).toBe(true);
    expect(takes(queue, event('nothing', undefined))).toBe(true);
    expect(takes(queue, event('more', 1))).toBe(false);
    open();
    await end;
    takes(queue, event('running'));
    expect(takes(queue, event('again', payload(MIB)))).toBe(true);
  });
});
