import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ChatState, ownDefaults, type StoredMessage } from '../../../../../test/fakes/chat-state.js';
import { FakeAccounts } from '../../../../../test/fakes/fake-accounts.js';
import { ProfileAudienceFake } from '../../../../../test/fakes/profile-audience.fake.js';
import { ProfilePublisherFake } from '../../../../../test/fakes/profile-publisher.fake.js';
import { type ListenerFake, RoomEmitterFake } from '../../../../../test/fakes/room-emitter.fake.js';
import type { ProfileChange } from '../../user/domain/models/profile.model.js';
import { ProfileUpdates } from './profile-updates.js';

const MINUTE = 60_000;
const JOINED = { role: 'member', joinedAt: new Date(), lastReadSeq: 0 } as const;

let accounts: FakeAccounts;
let chat: ChatState;
let rooms: RoomEmitterFake;
let joined: string[];
let updates: ProfileUpdates;
let ada: string;

beforeEach(async () => {
  vi.useFakeTimers();
  accounts = new FakeAccounts();
  chat = new ChatState();
  rooms = new RoomEmitterFake();
  joined = [];
  const publisher = new ProfilePublisherFake(rooms, joined);
  updates = new ProfileUpdates(accounts.changes, new ProfileAudienceFake(chat), publisher);
  updates.onModuleInit();
  ada = (await accounts.signUp('Ada')).id;
});
afterEach(() => {
  updates.onApplicationShutdown();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const settle = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);
const change = async (what: ProfileChange, userId = ada) => {
  await accounts.profiles.updateProfile(userId, what);
  accounts.changes.announceChange(userId);
  await settle();
};
const rename = (displayName: string) => change({ displayName });
/** A client of the user. */
const connect = (userId: string): ListenerFake => {
  const listener = rooms.connect();
  rooms.join(`user:${userId}`, listener);
  return listener;
};
const converse = (id: string, ...userIds: string[]) =>
  chat.members.set(id, new Map(userIds.map((userId) => [userId, { ...ownDefaults(), userId, ...JOINED }])));
const names = ({ received }: ListenerFake) =>
  received.map(({ payload }) => (payload as { displayName: string }).displayName);

it('the first change is emitted at once, and of those of the next minute the last one at its end', async () => {
  const own = connect(ada);
  for (const name of ['A', 'B', 'C', 'D', 'E']) await rename(name);
  expect(names(own)).toEqual(['A']);
  await settle(MINUTE - 1);
  expect(names(own)).toEqual(['A']);
  await settle(1);
  expect(names(own)).toEqual(['A', 'E']);
  await rename('F');
  await settle(MINUTE);
  expect(names(own)).toEqual(['A', 'E', 'F']);
  await settle(MINUTE);
  await rename('G');
  expect(names(own)).toEqual(['A', 'E', 'F', 'G']);
});

it('each user has minutes of its own', async () => {
  const bob = (await accounts.signUp('Bob')).id;
  const own = connect(bob);
  await rename('A');
  await change({ displayName: 'B' }, bob);
  expect(names(own)).toEqual(['B']);
});

it('a socket in several common rooms gets it once, one without a common room not at all', async () => {
  for (const id of ['one', 'two', 'three', 'four', 'five']) converse(id, ada, 'bob');
  converse('elsewhere', 'bob', 'eve');
  const [bob, eve] = [connect('bob'), connect('eve')];
  for (const id of chat.members.keys()) rooms.join(id, bob);
  rooms.join('elsewhere', eve);
  await rename('A');
  expect([names(bob), names(eve)]).toEqual([['A'], []]);
});

it('people who are blocked in either direction get nothing', async () => {
  converse('one', ada, 'bob', 'eve', 'dan');
  const sockets = ['bob', 'eve', 'dan'].map(connect);
  for (const socket of sockets) rooms.join('one', socket);
  chat.blocks.set(`${ada} bob`, new Date());
  chat.blocks.set(`eve ${ada}`, new Date());
  await rename('A');
  expect(sockets.map(names)).toEqual([[], [], ['A']]);
});

it('of a deleted account those hear in whose rooms it has written', async () => {
  const [bob, eve] = [connect('bob'), connect('eve')];
  rooms.join('written', bob);
  rooms.join('read', eve);
  joined.push('written', 'read');
  vi.spyOn(chat, 'messagesOf').mockImplementation((id) =>
    id === 'written' ? [{ senderId: ada } as StoredMessage] : [],
  );
  await accounts.profiles.anonymiseAccount(ada);
  accounts.changes.announceChange(ada);
  await settle();
  expect([names(bob), names(eve)]).toEqual([['Deleted user'], []]);
});

it('tries again when the database cannot be read, and emits what is stored then', async () => {
  vi.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
  const own = connect(ada);
  const find = vi.spyOn(accounts.changes, 'findProfile').mockRejectedValueOnce(new Error('away'));
  await rename('A');
  await accounts.profiles.updateProfile(ada, { displayName: 'B' });
  expect(names(own)).toEqual([]);
  await settle(1_000);
  expect(names(own)).toEqual(['B']);
  expect(find).toHaveBeenCalledTimes(2);
});

it('nothing waits after the end', async () => {
  const own = connect(ada);
  await rename('A');
  await rename('B');
  updates.onApplicationShutdown();
  expect(vi.getTimerCount()).toBe(0);
  await settle(MINUTE);
  expect(names(own)).toEqual(['A']);
});
