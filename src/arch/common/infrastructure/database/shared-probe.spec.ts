import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';
import { SharedProbe } from './shared-probe.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const probeOf = (...answers: (() => Promise<void>)[]) => {
  const ping = vi.fn<() => Promise<void>>(
    () => (answers.length > 1 ? answers.shift() : answers[0])?.() ?? Promise.resolve(),
  );
  return { probe: new SharedProbe({ ping }), ping };
};
const outcome = (work: Promise<void>) =>
  work.then(
    () => 'ready',
    () => 'not ready',
  );

it('one probe is in flight, however many ask', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { probe, ping } = probeOf(() => promise);
  const asked = Array.from({ length: 1_000 }, () => outcome(probe.ping()));
  await vi.advanceTimersByTimeAsync(5_000);
  asked.push(outcome(probe.ping()));
  expect(ping).toHaveBeenCalledTimes(1);
  resolve();
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['ready']));
});

it.each([
  ['good', () => Promise.resolve(), 'ready'],
  ['bad', () => Promise.reject(new UnavailableError()), 'not ready'],
])('a %s answer is shared for a second, and no longer', async (_, answer, told) => {
  const { probe, ping } = probeOf(answer);
  expect(await outcome(probe.ping())).toBe(told);
  await vi.advanceTimersByTimeAsync(999);
  expect(await outcome(probe.ping())).toBe(told);
  expect(ping).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await outcome(probe.ping())).toBe(told);
  expect(ping).toHaveBeenCalledTimes(2);
});

it('a database that is back is ready again', async () => {
  const { probe } = probeOf(
    () => Promise.reject(new UnavailableError()),
    () => Promise.resolve(),
  );
  expect(await outcome(probe.ping())).toBe('not ready');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await outcome(probe.ping())).toBe('ready');
});
