import { EventEmitter } from 'node:events';
import { Logger } from '@nestjs/common';
import { beforeEach, expect, it } from 'vitest';
import { guardListener } from './guard-listener.js';

const NOTHING = (): void => undefined;
const logged: { err: Error }[] = [];

beforeEach(() => {
  logged.length = 0;
  Logger.overrideLogger({ log: NOTHING, warn: NOTHING, error: (line: { err: Error }) => logged.push(line) });
});

const THROWS = (): never => {
  throw new Error('planted');
};

it('a listener that throws is logged and closes its connection, and the emitter calls the next one', () => {
  const emitter = new EventEmitter();
  const seen: unknown[] = [];
  emitter.on(
    'event',
    guardListener(
      (..._args: unknown[]) => THROWS(),
      (...args) => seen.push(...args),
    ),
  );
  emitter.on('event', () => seen.push('next'));
  emitter.emit('event', 1, 2);
  expect(seen).toEqual([1, 2, 'next']);
  expect(logged.map(({ err }) => err.message)).toEqual(['planted']);
});

it('a rejection counts as a throw', async () => {
  const closed = Promise.withResolvers<void>();
  guardListener(
    async () => THROWS(),
    () => closed.resolve(),
  )();
  await expect(closed.promise).resolves.toBeUndefined();
});

it('a connection that cannot be closed is no reason to throw either', () => {
  expect(() => guardListener(THROWS, THROWS)()).not.toThrow();
});

it('a listener that succeeds closes nothing', () => {
  const received: unknown[] = [];
  guardListener((value: unknown) => received.push(value), THROWS)('word');
  expect(received).toEqual(['word']);
  expect(logged).toEqual([]);
});
