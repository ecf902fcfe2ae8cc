import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { FakeAuth, LAPTOP } from '../../../../../../test/fakes/fake-auth.js';
import { LogoutCommand, LogoutHandler } from './logout.command.js';

const ADA = randomUUID();
let auth: FakeAuth;
let handler: LogoutHandler;
let session: string;

beforeEach(async () => {
  auth = new FakeAuth();
  handler = new LogoutHandler(auth.sessions, auth.revocations, auth.ending);
  session = (await auth.sessions.openSession(ADA, LAPTOP)).id;
});

it("ends the caller's session, and announces it", async () => {
  const other = await auth.sessions.openSession(ADA, LAPTOP);
  await handler.execute(new LogoutCommand(session, ADA));
  expect((await auth.sessions.findByUser(ADA)).map(({ id }) => id)).toEqual([other.id]);
  expect(auth.revocations.announced).toEqual([[session]]);
});

it('is content when the session has ended meanwhile, and makes sure that it is known here', async () => {
  await auth.sessions.endSession(session, ADA);
  await handler.execute(new LogoutCommand(session, ADA));
  expect(auth.revocations.isRevoked(session)).toBe(true);
});
