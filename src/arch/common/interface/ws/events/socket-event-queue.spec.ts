import { describe, expect, it } from 'vitest';
import { RateLimitedError } from '../../../domain/errors/rate-limited.error.js';
import { ValidationFailedError } from '../../../domain/errors/validation-failed.error.js';
import { type EventWork, SocketEventQueue } from './socket-event-queue.js';
import type { ReceivedEvent } from './ws-answer.js';

/** Lets every event begin at once. */
const at = (run: EventWork['runHandler']): EventWork => ({
  takeQuota: () => true,
  holdBytes: () => true,
  releaseBytes: () => undefined,
  beginEvent: () => 'run',
  runHandler: run,
});

const event = (name: string, payload?: unknown): ReceivedEvent => ({
  name,
  payload,
  ack: () => undefined,
});

/** A text whose JSON has so many bytes, in characters of two bytes as far as possible. */
const payload = (bytes: number) => 'é'.repeat(Math.floor((bytes - 2) / 2)) + (bytes % 2 === 0 ? '' : 'x');

/** A queue whose first event runs until the gate is opened. */
function heldQueue() {
  const gate = Promise.withResolvers<void>();
  const ran: string[] = [];
  let running = 0;
  const last = Promise.withResolvers<void>();
  const run = async ({ name }: ReceivedEvent) => {
    running += 1;
    ran.push(running > 1 ? `${name} beside another` : name);
    await gate.promise;
    running -= 1;
    // Resolves after the queue has handled the end of the event as well.
    if (name === 'last') setImmediate(last.resolve);
  };
  const queue = new SocketEventQueue(at(run));
  return { queue, ran, open: () => gate.resolve(), end: last.promise };
}

function takes(queue: SocketEventQueue, one: ReceivedEvent): boolean {
  try {
    queue.pushEvent(one);
    return true;
  } catch (error) {
    if (error instanceof RateLimitedError) return false;
    throw error;
  }
}

it('refuses what is nested too deeply to be measured, and continues', () => {
  const { queue } = heldQueue();
  // This depth reaches the engine's own recursion limit: integer keys cost the most.
  const deep = JSON.parse(`${'{"1":'.repeat(10_833)}1${'}'.repeat(10_833)}`) as unknown;
  takes(queue, event('running'));
  expect(() => takes(queue, event('deep', deep))).toThrow(ValidationFailedError);
  expect(takes(queue, event('next'))).toBe(true);
});

it('refuses a binary part that is named two thousand times, without spelling it out', () => {
  const { queue } = heldQueue();
  const part = Buffer.alloc(65_536);
  part.toJSON = () => expect.fail('spelt out');
  takes(queue, event('running'));
  expect(takes(queue, event('binary', Array<Buffer>(2_000).fill(part)))).toBe(false);
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
    const run = async ({ name, payload: label }: ReceivedEvent) => {
      const gate = Promise.withResolvers<void>();
      gates.set(`${name} ${String(label)}`, gate.resolve);
      log.push(`${name} ${String(label)}`);
      await gate.promise;
    };
    const queue = new SocketEventQueue(at(run));
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
      queue.pushEvent(event(name, label));
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

/** The event's name, with its room when it has one. */
const label = ({ name, payload: room }: ReceivedEvent) =>
  room === undefined ? name : `${name} ${(room as { conversationId: string }).conversationId}`;

/** A queue whose events begin only when the test allows it; each ends at once. */
function pacedQueue() {
  const ran: string[] = [];
  const unwanted = new Set<string>();
  const held: number[] = [];
  let [free, room] = [1, Infinity];
  const work = {
    takeQuota: () => (free -= 1) >= 0,
    holdBytes: (bytes: number) => held.length < room && held.push(bytes) > 0,
    releaseBytes: (bytes: number) => void held.splice(held.indexOf(bytes), 1),
    beginEvent: (one: ReceivedEvent) =>
      one.name === 'answered'
        ? ('answered' as const)
        : unwanted.has(one.name)
          ? ('unwanted' as const)
          : ('run' as const),
    runHandler: async (one: ReceivedEvent) => void ran.push(label(one)),
  };
  const queue = new SocketEventQueue(work);
  const proceed = async () => {
    const began = queue.startWaiting();
    await new Promise(setImmediate);
    return began;
  };
  const push = (name: string, conversationId?: string) =>
    queue.pushEvent(event(name, conversationId === undefined ? undefined : { conversationId }));
  return { queue, ran, unwanted, push, proceed, held, allow: (events: number) => (room = events) };
}

describe('holds what comes faster than its user may send', () => {
  it('until its turn comes, in order', async () => {
    const { queue, ran, push, proceed } = pacedQueue();
    for (const name of ['free', 'a', 'b', 'c']) push(name);
    expect([ran, queue.waits]).toEqual([['free'], true]);
    await new Promise(setImmediate);
    for (const name of ['a', 'b', 'c']) {
      expect(queue.waits).toBe(true);
      expect(await proceed()).toBe(true);
      expect(ran.at(-1)).toBe(name);
    }
    expect([queue.waits, await proceed()]).toEqual([false, false]);
  });

  it('as long as there is room for what all users hold, and beyond it refuses that alone', async () => {
    const { queue, ran, push, proceed, held, allow } = pacedQueue();
    allow(2);
    for (const name of ['free', 'a', 'b']) push(name);
    expect(() => push('c')).toThrow(RateLimitedError);
    expect(held).toHaveLength(2);
    await proceed();
    expect(held).toHaveLength(1);
    push('d');
    for (let turns = 0; queue.waits && turns < 100; turns += 1) await proceed();
    expect([ran, held]).toEqual([['free', 'a', 'b', 'd'], []]);
  });

  it('and counts nothing that it has refused: its own bounds stay as they were', async () => {
    const { queue, ran, push, proceed, allow } = pacedQueue();
    allow(1);
    for (const name of ['free', 'a']) push(name);
    for (let count = 0; count < 1_001; count += 1) expect(() => push('refused')).toThrow(RateLimitedError);
    await proceed();
    allow(100);
    for (let count = 0; count < 100; count += 1) push('later');
    for (let turns = 0; queue.waits && turns < 101; turns += 1) await proceed();
    expect(ran).toEqual(['free', 'a', ...Array<string>(100).fill('later')]);
  });

  it('and measures the first of it as well, which has to fit into 1 MiB', async () => {
    const { queue, push, held, proceed } = pacedQueue();
    push('free');
    await new Promise(setImmediate);
    const [large, tooLarge] = [1_048_576, 1_048_577].map((bytes) => event('first', payload(bytes)));
    expect(() => tooLarge && queue.pushEvent(tooLarge)).toThrow(RateLimitedError);
    expect([await proceed(), queue.waits]).toEqual([false, false]);
    if (large) queue.pushEvent(large);
    expect(held).toEqual([1_048_576]);
  });

  it('and waits only once when there was no room', async () => {
    const { queue, push, proceed, allow } = pacedQueue();
    allow(0);
    push('free');
    expect(() => push('a')).toThrow(RateLimitedError);
    expect(queue.waits).toBe(true);
    expect([await proceed(), queue.waits]).toEqual([false, false]);
  });

  it('and lets authenticate and leave_room overtake it, one after another', async () => {
    const { queue, ran, push, proceed } = pacedQueue();
    push('free');
    push('send_message', 'a');
    push('mark_read', 'a');
    push('leave_room', 'a');
    push('authenticate');
    push('leave_room', 'b');
    for (let turns = 0; queue.waits && turns < 100; turns += 1) await proceed();
    expect(ran.slice(1)).toEqual([
      'leave_room a',
      'authenticate',
      'leave_room b',
      'send_message a',
      'mark_read a',
    ]);
  });

  it.each([
    ['join_room', 'A'],
    ['join_all', undefined],
  ])('and lets no leave_room overtake a %s of its room', async (name, room) => {
    const { queue, ran, push, proceed } = pacedQueue();
    push('free');
    push('join_room', 'other');
    push(name, room);
    push('leave_room', 'a');
    push('authenticate');
    for (let turns = 0; queue.waits && turns < 100; turns += 1) await proceed();
    expect(ran.slice(1).map((one) => one.split(' ')[0])).toEqual([
      'authenticate',
      'join_room',
      name,
      'leave_room',
    ]);
  });

  it('within the bounds of what waits, and no more', async () => {
    const { queue, push, proceed } = pacedQueue();
    for (let count = 0; count < 1_001; count += 1) push(String(count));
    expect(() => push('refused')).toThrow(RateLimitedError);
    await proceed();
    push('fits, as the first has run');
    push('fits, too');
    expect(() => push('refused')).toThrow(RateLimitedError);
    for (let count = 0; queue.waits && count < 2_000; count += 1) await proceed();
    push('empty again');
    queue.pushEvent(event('large', payload(1_048_576)));
    expect(() => queue.pushEvent(event('too large', payload(2)))).toThrow(RateLimitedError);
  });

  it('and keeps some room beyond the bounds for authenticate and leave_room', async () => {
    const { ran, push, proceed } = pacedQueue();
    for (let count = 0; count < 1_001; count += 1) push(String(count));
    for (let count = 0; count < 5; count += 1) {
      push('authenticate');
      push('leave_room', 'a');
    }
    for (const name of ['authenticate', 'leave_room', 'send_message'])
      expect(() => push(name)).toThrow(RateLimitedError);
    await proceed();
    expect(ran).toEqual(['0', 'authenticate']);
  });

  it('counts what is answered at once', async () => {
    const { queue, ran, push, proceed } = pacedQueue();
    for (const name of ['free', 'answered', 'answered', 'c']) push(name);
    for (const left of [true, true, false]) {
      expect(await proceed()).toBe(true);
      expect(queue.waits).toBe(left);
    }
    expect(ran).toEqual(['free', 'c']);
  });

  it('skips unwanted events, and forgets dropped ones', async () => {
    const { queue, ran, unwanted, push, proceed } = pacedQueue();
    for (const name of ['free', 'unwanted', 'b', 'c']) push(name);
    unwanted.add('unwanted');
    expect(await proceed()).toBe(true);
    expect(ran).toEqual(['free', 'b']);
    queue.dropEvents();
    expect([queue.waits, await proceed()]).toEqual([false, false]);
    expect(ran).toEqual(['free', 'b']);
    for (let count = 0; count < 1_001; count += 1) push(String(count));
    expect(() => push('refused')).toThrow(RateLimitedError);
  });
});
