import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SessionRepositoryFake } from '../../../../../../test/fakes/session-repository.fake.js';
import { InFlightWork } from '../../../../common/application/in-flight-work.js';
import { SuccessorUsesAdapter } from './successor-uses.adapter.js';

let work: InFlightWork;
let stored: string[][];
/** What the next statements do, if they do not succeed at once. */
let outcomes: (() => Promise<void>)[];
let uses: SuccessorUsesAdapter;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  [work, stored, outcomes] = [new InFlightWork(), [], []];
  const sessions = new SessionRepositoryFake();
  vi.spyOn(sessions, 'storeUses').mockImplementation(async (ids) => {
    stored.push([...ids]);
    await outcomes.shift()?.();
  });
  uses = new SuccessorUsesAdapter(sessions, work);
});
afterEach(() => {
  uses.onModuleDestroy();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const range = (count: number) => Array.from({ length: count }, (_, n) => `s${n}`);
const fail = () => outcomes.push(() => Promise.reject(new Error('no database')));

it('stores a use after 50 ms, and once, however often it is noted', async () => {
  uses.noteUse('a');
  await pass(49);
  expect(stored).toEqual([]);
  await pass(1);
  for (let n = 0; n < 1_000; n += 1) uses.noteUse('a');
  await pass(10_000);
  expect(stored).toEqual([['a']]);
});

it('stores in one statement what is noted within 50 ms, 1,000 at most', async () => {
  for (const id of range(1_500)) uses.noteUse(id);
  await pass(50);
  expect(stored.map((batch) => batch.length)).toEqual([1_000, 500]);
  expect(stored.flat()).toEqual(range(1_500));
});

it('sends one statement at a time', async () => {
  const first = Promise.withResolvers<void>();
  outcomes.push(() => first.promise);
  uses.noteUse('a');
  await pass(50);
  for (const id of ['b', 'c', 'd']) {
    uses.noteUse(id);
    await pass(60);
  }
  expect(stored).toEqual([['a']]);
  first.resolve();
  await pass(0);
  expect(stored).toEqual([['a'], ['b', 'c', 'd']]);
});

it('tries again after a second until the database stores it, and says so in the log', async () => {
  const warn = vi.spyOn(Logger.prototype, 'warn').mockReturnValue();
  fail();
  fail();
  uses.noteUse('a');
  await pass(50);
  uses.noteUse('b');
  await pass(900);
  expect(stored).toEqual([['a']]);
  await pass(1_100);
  expect(stored).toEqual([['a'], ['a', 'b'], ['a', 'b']]);
  expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('no database'));
  await pass(10_000);
  expect(stored).toHaveLength(3);
});

it('keeps at most 10,000 that wait, and reports what is beyond', async () => {
  const warn = vi.spyOn(Logger.prototype, 'warn').mockReturnValue();
  for (const id of range(10_001)) uses.noteUse(id);
  expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('too many wait'));
  await pass(50);
  expect(stored.flat()).toEqual(range(10_000));
  uses.noteUse('s10000');
  await pass(50);
  expect(stored.at(-1)).toEqual(['s10000']);
});

it('stores at once what waits when the server stops, and what requests in flight note later', async () => {
  const statement = Promise.withResolvers<void>();
  outcomes.push(() => statement.promise);
  uses.noteUse('a');
  uses.onModuleDestroy();
  let drained = false;
  void work.drainWork().then(() => (drained = true));
  await pass(0);
  uses.noteUse('b');
  await pass(0);
  expect([drained, stored]).toEqual([false, [['a']]]);
  statement.resolve();
  await pass(0);
  expect([drained, stored]).toEqual([true, [['a'], ['b']]]);
});

it('tries what could not be stored once more when the server stops, and not after that', async () => {
  vi.spyOn(Logger.prototype, 'warn').mockReturnValue();
  fail();
  uses.noteUse('a');
  await pass(50);
  fail();
  uses.onModuleDestroy();
  await work.drainWork();
  expect(stored).toEqual([['a'], ['a']]);
  await pass(60_000);
  expect(stored).toHaveLength(2);
});
