import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { PresenceStoreAdapter } from '../../src/arch/modules/presence/infrastructure/adapters/presence-store.adapter.js';
import { PresenceStoreFake } from '../fakes/presence-store.fake.js';
import { signUp } from './chat-subject.js';
import { describePresenceStoreContract } from './presence-store.contract.js';
import { realChatSubject } from './real-chat-subject.js';

describePresenceStoreContract('the fake', async () => {
  const store = new PresenceStoreFake();
  return {
    store,
    signUp: async () => {
      const id = randomUUID();
      store.setAudience(id, 'everyone');
      return id;
    },
    setAudience: async (userId, audience) => store.setAudience(userId, audience),
    deleteAccount: async (userId) => store.deleteAccount(userId),
    close: async () => undefined,
  };
});

describePresenceStoreContract('PostgreSQL', async () => {
  const subject = await realChatSubject();
  return {
    store: new PresenceStoreAdapter(subject.database),
    signUp: () => signUp(subject),
    setAudience: async (...values) => {
      await subject.postgres.query('update users set presence = $2 where id = $1', values);
    },
    deleteAccount: async (userId) => {
      await subject.postgres.query('update users set deleted_at = now() where id = $1', [userId]);
    },
    close: () => subject.close(),
  };
});

it('a second time of the same minute writes no row', async () => {
  const subject = await realChatSubject();
  const store = new PresenceStoreAdapter(subject.database);
  const userId = await signUp(subject);
  const versionOf = async () =>
    (
      await subject.postgres.query('select ctid::text, seen_at from last_seen_times where user_id = $1', [
        userId,
      ])
    )[0];
  await store.recordSeen([{ userId, age: 60_000 }]);
  const before = await versionOf();
  for (const age of [61_000, 120_000, 3_600_000]) await store.recordSeen([{ userId, age }]);
  expect(await versionOf()).toEqual(before);
  await subject.close();
});
