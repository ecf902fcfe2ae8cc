import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { FakeAuth, LAPTOP, PHONE } from '../../../../../../test/fakes/fake-auth.js';
import { ListSessionsHandler, ListSessionsQuery } from './list-sessions.query.js';

it("lists the active sessions and marks the caller's", async () => {
  const { sessions } = new FakeAuth();
  const ada = randomUUID();
  const laptop = await sessions.openSession(ada, LAPTOP);
  const phone = await sessions.openSession(ada, PHONE);
  const ended = await sessions.openSession(ada, PHONE);
  await sessions.endSession(ended.id, ada);
  await sessions.openSession(randomUUID(), LAPTOP);
  const { data, nextCursor } = await new ListSessionsHandler(sessions).execute(
    new ListSessionsQuery(ada, laptop.id, 20),
  );
  const times = { createdAt: expect.any(Date), lastUsedAt: expect.any(Date) };
  expect(data).toHaveLength(2);
  expect(nextCursor).toBeNull();
  expect(data).toContainEqual({ id: laptop.id, ...times, ...LAPTOP, current: true });
  expect(data).toContainEqual({ id: phone.id, ...times, ...PHONE, current: false });
});
