import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BusFake } from '../../../../../../test/fakes/bus.fake.js';
import { DatabaseEpochFake } from '../../../../../../test/fakes/database-epoch.fake.js';
import { LAPTOP } from '../../../../../../test/fakes/fake-auth.js';
import { RoomEmitterFake } from '../../../../../../test/fakes/room-emitter.fake.js';
import { SessionRepositoryFake } from '../../../../../../test/fakes/session-repository.fake.js';
import { testConfig } from '../../../../../../test/support/test-config.js';
import { SessionRevocationsAdapter } from './session-revocations.adapter.js';

const ADA = randomUUID();
const CODE = { event: 'session_revoked', payload: { code: 'SESSION_REVOKED' } };
let sessions: SessionRepositoryFake;
let rooms: RoomEmitterFake;
let bus: BusFake;
let node: SessionRevocationsAdapter;
let epoch: DatabaseEpochFake;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'] });
  sessions = new SessionRepositoryFake();
  rooms = new RoomEmitterFake();
  bus = new BusFake();
  epoch = new DatabaseEpochFake();
  const config = testConfig({ JWT_ACCESS_EXPIRATION: '15m' });
  node = new SessionRevocationsAdapter(sessions, rooms, bus, config, epoch);
});
afterEach(() => {
  node.onModuleDestroy();
  vi.useRealTimers();
});

/** A session that another node ends: the database has it, but no message announces it here. */
async function endElsewhere(): Promise<string> {
  const { id } = await sessions.openSession(ADA, LAPTOP);
  await sessions.endSession(id, ADA);
  return id;
}

it('publishes announced sessions to the other nodes, and closes their sockets with a code', () => {
  node.announceRevocations(['a', 'b']);
  node.announceRevocations([]);
  expect(rooms.disconnected).toEqual([
    { room: 'session:a', ...CODE },
    { room: 'session:b', ...CODE },
  ]);
  expect(bus.published).toEqual([{ channel: 'sessions-ended', message: 'a,b' }]);
});

it('knows what another node announces as soon as the database agrees, and does not pass it on', async () => {
  const [one, two] = [await endElsewhere(), await endElsewhere()];
  bus.deliverMessage('sessions-ended', `${one},${two}`);
  await vi.advanceTimersByTimeAsync(0);
  expect([node.isRevoked(one), node.isRevoked(two)]).toEqual([true, true]);
  expect(rooms.disconnected).toHaveLength(2);
  expect(bus.published).toEqual([]);
});

it('ignores a published id of an active session, or of none', async () => {
  const { id: going } = await sessions.openSession(ADA, LAPTOP);
  const unknown = randomUUID();
  for (const named of [going, unknown, '', ',', 'x', `${going},${unknown}`, '\u0000']) {
    bus.deliverMessage('sessions-ended', named);
    await vi.advanceTimersByTimeAsync(0);
  }
  expect([node.isRevoked(going), node.isRevoked(unknown), node.isRevoked('x')]).toEqual([
    false,
    false,
    false,
  ]);
  expect(rooms.disconnected).toEqual([]);
});

it('sends the database one statement at a time, however many sessions are published', async () => {
  const answer = Promise.withResolvers<string[]>();
  const asked: number[] = [];
  vi.spyOn(sessions, 'findEndedAmong').mockImplementation(async (ids) => {
    asked.push(ids.length);
    return answer.promise;
  });
  for (let word = 0; word < 100; word += 1) {
    bus.deliverMessage('sessions-ended', Array.from({ length: 50 }, () => randomUUID()).join(','));
  }
  bus.deliverMessage('sessions-ended', 'x,'.repeat(10_000));
  expect(asked).toEqual([50]);
  answer.resolve([]);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual([50, 1_000]);
});

it('finds in its next poll what it could not look up at once', async () => {
  await node.onApplicationBootstrap();
  const warn = vi.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
  const lookUp = vi.spyOn(sessions, 'findEndedAmong').mockRejectedValue(new Error('away'));
  const id = await endElsewhere();
  bus.deliverMessage('sessions-ended', id);
  await vi.advanceTimersByTimeAsync(0);
  expect(warn).toHaveBeenCalledWith(
    'Could not check the sessions that another node has named as ended: away',
  );
  warn.mockRestore();
  lookUp.mockRestore();
  expect(node.isRevoked(id)).toBe(false);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(node.isRevoked(id)).toBe(true);
});

it('cuts a session once, also when it is named from outside later', async () => {
  const id = await endElsewhere();
  node.announceRevocations([id]);
  bus.deliverMessage('sessions-ended', id);
  await vi.advanceTimersByTimeAsync(0);
  expect(rooms.disconnected).toHaveLength(1);
});

it('finds in the database within 5 s what was not published', async () => {
  await node.onApplicationBootstrap();
  const id = await endElsewhere();
  expect(node.isRevoked(id)).toBe(false);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(node.isRevoked(id)).toBe(true);
  expect(rooms.disconnected).toEqual([{ room: `session:${id}`, ...CODE }]);
});

it('knows before the first request what ended while the server was down', async () => {
  const id = await endElsewhere();
  await vi.advanceTimersByTimeAsync(899_000);
  await node.onApplicationBootstrap();
  expect(node.isRevoked(id)).toBe(true);
});

it('misses nothing when the database was unavailable for minutes, and continues to poll', async () => {
  await node.onApplicationBootstrap();
  const warn = vi.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
  const findEnded = vi.spyOn(sessions, 'findEndedWithin').mockRejectedValue(new Error('away'));
  const id = await endElsewhere();
  await vi.advanceTimersByTimeAsync(300_000);
  expect(node.isRevoked(id)).toBe(false);
  expect(warn).toHaveBeenCalledWith('Could not poll for ended sessions: away');
  warn.mockRestore();
  findEnded.mockRestore();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(node.isRevoked(id)).toBe(true);
});

it('misses nothing when the clock of this node is set back', async () => {
  await node.onApplicationBootstrap();
  const findEnded = vi.spyOn(sessions, 'findEndedWithin');
  vi.setSystemTime(Date.now() - 3_600_000);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(findEnded).toHaveBeenLastCalledWith(62);
});

it('misses nothing after the machine was suspended, although the monotonic clock stops meanwhile', async () => {
  await node.onApplicationBootstrap();
  const findEnded = vi.spyOn(sessions, 'findEndedWithin');
  vi.setSystemTime(Date.now() + 300_000);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(findEnded).toHaveBeenLastCalledWith(362);
});

it('forgets no session because the clock of this node was ahead for a moment', async () => {
  await node.onApplicationBootstrap();
  node.announceRevocations(['ended']);
  vi.setSystemTime(Date.now() + 3_600_000);
  await vi.advanceTimersByTimeAsync(2_000);
  vi.setSystemTime(Date.now() - 3_600_000);
  expect(node.isRevoked('ended')).toBe(true);
});

it('reads all relevant ends again in another epoch of the database, and keeps known ones', async () => {
  await node.onApplicationBootstrap();
  node.announceRevocations(['known']);
  const findEnded = vi.spyOn(sessions, 'findEndedWithin');
  epoch.renew('epoch-2');
  await vi.advanceTimersByTimeAsync(2_000);
  expect(findEnded).toHaveBeenLastCalledWith(960);
  expect(node.isRevoked('known')).toBe(true);
});

it('forgets a session when no access token of it can be alive, so that the memory stays bounded', async () => {
  await node.onApplicationBootstrap();
  const id = await endElsewhere();
  node.announceRevocations([id]);
  await vi.advanceTimersByTimeAsync(900_000);
  expect(node.isRevoked(id)).toBe(true);
  await vi.advanceTimersByTimeAsync(65_000);
  expect(node.isRevoked(id)).toBe(false);
});

it('stops with the server, also in the middle of a poll', async () => {
  await node.onApplicationBootstrap();
  const { promise, resolve } = Promise.withResolvers<string[]>();
  const poll = vi.spyOn(sessions, 'findEndedWithin').mockReturnValue(promise);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(poll).toHaveBeenCalledOnce();
  node.onModuleDestroy();
  resolve([]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([poll.mock.calls.length, vi.getTimerCount()]).toEqual([1, 0]);
});

it('confirms what is announced after a failed statement as before it', async () => {
  const [one, two] = [await endElsewhere(), await endElsewhere()];
  const warn = vi.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
  vi.spyOn(sessions, 'findEndedAmong').mockRejectedValueOnce(new Error('away'));
  bus.deliverMessage('sessions-ended', one);
  await vi.advanceTimersByTimeAsync(0);
  expect(warn).toHaveBeenCalledWith(
    'Could not check the sessions that another node has named as ended: away',
  );
  warn.mockRestore();
  bus.deliverMessage('sessions-ended', two);
  await vi.advanceTimersByTimeAsync(0);
  expect([node.isRevoked(one), node.isRevoked(two)]).toEqual([false, true]);
});

it('stops with the server', async () => {
  await node.onApplicationBootstrap();
  node.onModuleDestroy();
  expect(vi.getTimerCount()).toBe(0);
});
