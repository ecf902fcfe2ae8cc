import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakePresence } from '../../../../../../test/fakes/fake-presence.js';
import { GetPresenceHandler, GetPresenceQuery } from '../queries/get-presence.query.js';
import {
  EndPresenceSubscriptionCommand,
  EndPresenceSubscriptionHandler,
} from './end-presence-subscription.command.js';
import { SubscribePresenceCommand, SubscribePresenceHandler } from './subscribe-presence.command.js';

let presence: FakePresence;
beforeEach(() => {
  presence = new FakePresence();
});
afterEach(() => presence.stop());

const subscribe = (viewerId: string, ...userIds: string[]) =>
  new SubscribePresenceHandler(presence.watchers, presence.reader, presence.announcer).execute(
    new SubscribePresenceCommand('socket', viewerId, userIds),
  );
const get = (viewerId: string, ...userIds: string[]) =>
  new GetPresenceHandler(presence.reader).execute(new GetPresenceQuery(viewerId, userIds));
const statesForAda = async () => (await get('ada', 'bob', 'eve')).map(({ status }) => status);

it('answers each user once, in order, and watches them instead of those before', async () => {
  presence.friends('ada', 'bob', 'eve');
  presence.online.setOnline('bob', true);
  await subscribe('ada', 'eve');
  const answer = await subscribe('ada', 'bob', 'ada', 'bob');
  expect(answer.map(({ userId, status }) => `${userId} ${status}`)).toEqual(['bob online', 'ada offline']);
  expect(['ada', 'bob', 'eve'].filter((userId) => presence.watchers.isWatched(userId))).toEqual([
    'ada',
    'bob',
  ]);
  expect(await get('ada', 'bob', 'ada', 'bob')).toEqual(answer);
  await new EndPresenceSubscriptionHandler(presence.watchers).execute(
    new EndPresenceSubscriptionCommand('socket'),
  );
  expect(presence.watchers.size).toEqual({ sockets: 0, users: 0 });
});

it('shows strangers, people who hide, blocked, deleted and unknown users all the same', async () => {
  const users = ['stranger', 'hidden', 'blocked', 'blocker', 'choosy', 'deleted', 'unknown'];
  presence.friends('ada', ...users.slice(1, 6));
  presence.friends('stranger');
  presence.store.setAudience('hidden', 'nobody');
  presence.store.setAudience('choosy', 'contacts');
  presence.acquaintances.write('ada', 'choosy');
  presence.acquaintances.block('ada', 'blocked');
  presence.acquaintances.block('blocker', 'ada');
  await presence.store.recordSeen(users.map((userId) => ({ userId, age: 0 })));
  presence.store.deleteAccount('deleted');
  for (const userId of users) presence.online.setOnline(userId, true);
  const nothing = users.map((userId) => ({ userId, status: 'offline', lastSeenAt: null }));
  expect(await get('ada', ...users)).toEqual(nothing);
  expect(await subscribe('ada', ...users)).toEqual(nothing);
});

it('who hides sees nobody; who shows it to contacts sees those contacts', async () => {
  presence.friends('ada', 'bob', 'eve');
  for (const userId of ['bob', 'eve']) presence.online.setOnline(userId, true);
  presence.store.setAudience('ada', 'contacts');
  presence.acquaintances.write('ada', 'bob');
  presence.acquaintances.write('eve', 'ada');
  expect(await statesForAda()).toEqual(['online', 'offline']);
  presence.store.setAudience('ada', 'nobody');
  expect(await statesForAda()).toEqual(['offline', 'offline']);
  presence.store.setAudience('ada', 'everyone');
  expect(await statesForAda()).toEqual(['online', 'online']);
});

it('what changes while the database is read is checked again, after the answer', async () => {
  const leave = presence.friends('ada', 'bob');
  presence.online.setOnline('bob', true);
  const find = presence.store.findStored.bind(presence.store);
  const answers: (() => void)[] = [];
  presence.store.findStored = async (userIds) => {
    const found = await find(userIds);
    if (answers.length === 0) await new Promise<void>((resolve) => answers.push(resolve));
    return found;
  };
  const subscribed = subscribe('ada', 'bob');
  await expect.poll(() => answers.length).toBe(1);
  leave('bob');
  presence.visibility.changeVisibility('bob');
  await expect.poll(() => presence.acquaintances.asked.length).toBe(2);
  expect(presence.publisher.sent).toEqual([]);
  answers[0]?.();
  expect((await subscribed).map(({ status }) => status)).toEqual(['online']);
  await expect.poll(() => presence.publisher.sent.length).toBe(1);
  expect(presence.publisher.sent[0]?.presence).toEqual({
    userId: 'bob',
    status: 'offline',
    lastSeenAt: null,
  });
});

it('leaves no subscription when the database cannot be read', async () => {
  presence.friends('ada', 'bob');
  await subscribe('ada', 'bob');
  presence.store.failure = new Error('The database is away.');
  await expect(subscribe('ada', 'bob')).rejects.toThrow('The database is away.');
  expect(presence.watchers.size).toEqual({ sockets: 0, users: 0 });
});
