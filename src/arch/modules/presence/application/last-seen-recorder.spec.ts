import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ConnectedUsersFake } from '../../../../../test/fakes/connected-users.fake.js';
import { PresenceStoreFake } from '../../../../../test/fakes/presence-store.fake.js';
import { InFlightWork } from '../../../common/application/in-flight-work.js';
import { LastSeenRecorder } from './last-seen-recorder.js';

const SECOND = 1_000;

let connected: ConnectedUsersFake;
let store: PresenceStoreFake;
let work: InFlightWork;
let recorder: LastSeenRecorder;

beforeEach(() => {
  vi.useFakeTimers();
  connected = new ConnectedUsersFake();
  store = new PresenceStoreFake();
  work = new InFlightWork();
  recorder = new LastSeenRecorder(connected, store, work);
  recorder.onApplicationBootstrap();
});
afterEach(async () => {
  store.failure = undefined;
  recorder.onModuleDestroy();
  await work.drainWork();
  vi.useRealTimers();
});

const written = () => store.writes.map((seen) => seen.map(({ userId, age }) => `${userId} ${age / SECOND}`));

it('writes the connected users once a minute, a thousand in one statement', async () => {
  for (let n = 0; n < 1_500; n += 1) connected.connect(`user-${n}`);
  await vi.advanceTimersByTimeAsync(59_999);
  expect(store.writes).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(store.writes.map(({ length }) => length)).toEqual([1_000, 500]);
});

it('writes the users who have gone together, within seconds, with the time when each has gone', async () => {
  for (const userId of ['ada', 'bob', 'eve']) connected.connect(userId);
  connected.disconnect('ada');
  await vi.advanceTimersByTimeAsync(2 * SECOND);
  for (const userId of ['bob', 'eve']) connected.disconnect(userId);
  connected.connect('eve');
  await vi.advanceTimersByTimeAsync(10 * SECOND);
  expect(written()).toEqual([['ada 5', 'bob 3']]);
});

it('writes the users who are still connected when the node stops', async () => {
  connected.connect('ada');
  connected.connect('bob');
  connected.disconnect('bob');
  await vi.advanceTimersByTimeAsync(SECOND);
  recorder.onModuleDestroy();
  await work.drainWork();
  expect(written()).toEqual([['ada 0', 'bob 1']]);
  expect(vi.getTimerCount()).toBe(0);
});

it('a write that fails does not hinder the next one', async () => {
  connected.connect('ada');
  store.failure = new Error('The database is away.');
  await vi.advanceTimersByTimeAsync(60 * SECOND);
  store.failure = undefined;
  await vi.advanceTimersByTimeAsync(60 * SECOND);
  expect(written()).toEqual([['ada 0']]);
});

it('while nothing can be written, who has gone is kept, with the time, and who has come back is not', async () => {
  for (const userId of ['ada', 'bob', 'eve']) connected.connect(userId);
  store.failure = new Error('The database is away.');
  connected.disconnect('ada');
  await vi.advanceTimersByTimeAsync(10 * SECOND);
  for (const userId of ['bob', 'eve']) connected.disconnect(userId);
  await vi.advanceTimersByTimeAsync(49 * SECOND);
  connected.connect('eve');
  store.failure = undefined;
  await vi.advanceTimersByTimeAsync(SECOND);
  expect(written()).toEqual([['eve 0', 'ada 60', 'bob 50']]);
  await vi.advanceTimersByTimeAsync(60 * SECOND);
  expect(written().slice(1)).toEqual([['eve 0']]);
});
