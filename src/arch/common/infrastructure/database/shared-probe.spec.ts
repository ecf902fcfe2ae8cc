import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DatabaseHealthFake } from '../../../../../test/fakes/database-health.fake.js';
import { SharedProbe } from './shared-probe.js';

let database: DatabaseHealthFake;
let probe: SharedProbe;

beforeEach(() => {
  vi.useFakeTimers();
  database = new DatabaseHealthFake();
  probe = new SharedProbe(database);
});
afterEach(() => void vi.useRealTimers());

const outcome = () =>
  probe.pingDatabase().then(
    () => 'ready',
    () => 'not ready',
  );

it('one probe is in flight, however many ask', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  database.held = promise;
  const asked = Array.from({ length: 1_000 }, outcome);
  await vi.advanceTimersByTimeAsync(5_000);
  asked.push(outcome());
  expect(database.asked).toBe(1);
  resolve();
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['ready']));
});

it.each([
  ['good', 'there', 'away', 'ready', 'not ready'],
  ['bad', 'away', 'there', 'not ready', 'ready'],
] as const)('a %s answer is shared for a second, and no longer', async (_, before, after, shared, later) => {
  database.state = before;
  expect(await outcome()).toBe(shared);
  database.state = after;
  await vi.advanceTimersByTimeAsync(999);
  expect(await outcome()).toBe(shared);
  expect(database.asked).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await outcome()).toBe(later);
  expect(database.asked).toBe(2);
});
