import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { FakeAuth, LAPTOP } from '../../../../../../test/fakes/fake-auth.js';
import { SessionNotFoundError } from '../../domain/errors/session-not-found.error.js';
import { EndSessionCommand, EndSessionHandler } from './end-session.command.js';

const [ADA, EVE] = [randomUUID(), randomUUID()];
let auth: FakeAuth;
let handler: EndSessionHandler;
let session: string;

beforeEach(async () => {
  auth = new FakeAuth();
  handler = new EndSessionHandler(auth.sessions, auth.ending);
  session = (await auth.sessions.openSession(ADA, LAPTOP)).id;
});

it('ends that session alone and announces it', async () => {
  const other = await auth.sessions.openSession(ADA, LAPTOP);
  await handler.execute(new EndSessionCommand(session, ADA));
  expect((await auth.sessions.findByUser(ADA)).map(({ id }) => id)).toEqual([other.id]);
  expect(auth.revocations.announced).toEqual([[session]]);
});

it.each([
  ["somebody else's", () => session, EVE],
  ['one that nobody has', () => randomUUID(), ADA],
])('finds no session that is %s', async (_, id, userId) => {
  await expect(handler.execute(new EndSessionCommand(id(), userId))).rejects.toThrow(SessionNotFoundError);
  expect(await auth.sessions.findByUser(ADA)).toHaveLength(1);
  expect(auth.revocations.announced).toEqual([]);
});

it('finds no session that has ended', async () => {
  await handler.execute(new EndSessionCommand(session, ADA));
  await expect(handler.execute(new EndSessionCommand(session, ADA))).rejects.toThrow(SessionNotFoundError);
  expect(auth.revocations.announced).toEqual([[session]]);
});
