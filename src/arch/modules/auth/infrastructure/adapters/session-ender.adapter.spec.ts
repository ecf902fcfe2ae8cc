import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { FakeAuth, LAPTOP, PHONE } from '../../../../../../test/fakes/fake-auth.js';
import { SessionEnderAdapter } from './session-ender.adapter.js';

it('the security log has the reason of each session end of a deleted account', async () => {
  const { sessions, revocations, security } = new FakeAuth();
  const userId = randomUUID();
  const ended = [await sessions.openSession(userId, LAPTOP), await sessions.openSession(userId, PHONE)];
  await sessions.openSession(randomUUID(), LAPTOP);
  await new SessionEnderAdapter(sessions, revocations, security).endAllOf(userId);
  const event = 'session.ended';
  expect(new Set(security.recorded)).toEqual(
    new Set(ended.map(({ id }) => ({ event, userId, sessionId: id, reason: 'account_deleted' }))),
  );
});
