import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { FakeAuth, LAPTOP, PHONE } from '../../../../../../test/fakes/fake-auth.js';
import { SessionEnderAdapter } from './session-ender.adapter.js';

it('ends every session of a user and tells everybody', async () => {
  const { sessions, revocations, security } = new FakeAuth();
  const [ada, eve] = [randomUUID(), randomUUID()];
  const ended = [await sessions.open(ada, LAPTOP), await sessions.open(ada, PHONE)];
  await sessions.open(eve, LAPTOP);
  await new SessionEnderAdapter(sessions, revocations, security).endAllOf(ada);
  expect(await sessions.findByUser(ada)).toEqual([]);
  expect(await sessions.findByUser(eve)).toHaveLength(1);
  expect(revocations.announced.flat().toSorted()).toEqual(ended.map(({ id }) => id).toSorted());
  expect(security.recorded).toContainEqual({
    event: 'session.ended',
    userId: ada,
    sessionId: ended[0]?.id,
    reason: 'account_deleted',
  });
});
