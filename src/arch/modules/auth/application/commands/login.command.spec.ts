import { beforeEach, expect, it, vi } from 'vitest';
import { FakeAuth, LAPTOP, PASSWORD, PHONE } from '../../../../../../test/fakes/fake-auth.js';
import { RateLimitedError } from '../../../../common/domain/errors/rate-limited.error.js';
import type { User } from '../../../user/domain/models/user.model.js';
import { InvalidCredentialsError } from '../../domain/errors/invalid-credentials.error.js';
import { DEFAULT_PERMISSIONS } from '../../domain/models/permissions.model.js';
import { LoginCommand, LoginHandler } from './login.command.js';

let auth: FakeAuth;
let handler: LoginHandler;
let ada: User;

beforeEach(async () => {
  auth = new FakeAuth();
  handler = new LoginHandler(auth.check, auth.opener, auth.transactions, auth.security, auth.ending);
  ada = await auth.signUp('ada@example.com');
});

const logIn = (password: string) => handler.execute(new LoginCommand(ada.email, password, LAPTOP));

it('opens a session and issues tokens that speak for it', async () => {
  const loggedIn = await handler.execute(new LoginCommand('ada@EXAMPLE.com', PASSWORD, LAPTOP));
  const { principal } = await auth.tokens.verifyToken(loggedIn.accessToken);
  expect(loggedIn).toMatchObject({ user: ada, expiresIn: 900, refreshToken: expect.any(String) });
  expect(auth.sessions.owners).toEqual(new Map([[principal.sid, ada.id]]));
  expect(principal).toEqual({
    sub: ada.id,
    email: 'ada@example.com',
    sid: principal.sid,
    permissions: DEFAULT_PERMISSIONS,
  });
});

it('opens one session for each login and remembers from where', async () => {
  await logIn(PASSWORD);
  await handler.execute(new LoginCommand(ada.email, PASSWORD, PHONE));
  const sessions = await auth.sessions.findByUser(ada.id);
  expect(sessions).toHaveLength(2);
  for (const device of [LAPTOP, PHONE]) expect(sessions).toContainEqual(expect.objectContaining(device));
});

it('refuses a wrong password and opens nothing', async () => {
  const login = logIn(PASSWORD.toUpperCase());
  await expect(login).rejects.toThrow(InvalidCredentialsError);
  expect(auth.sessions.owners.size).toBe(0);
});

it('refuses an unknown address with the same text, after as much work', async () => {
  const login = handler.execute(new LoginCommand('nobody@example.com', PASSWORD, LAPTOP));
  await expect(login).rejects.toThrow(new InvalidCredentialsError());
  expect(auth.passwords.verified).toEqual([{ hash: null, password: PASSWORD }]);
  expect(auth.sessions.owners.size).toBe(0);
});

it('of fifty wrong ones at once ten are looked at, and no later one, not even the right one', async () => {
  const passwords = Array.from({ length: 50 }, (_, n) => `guess ${n}`);
  const settled = await Promise.allSettled([...passwords, PASSWORD].map(logIn));
  expect(auth.passwords.verified.map(({ password }) => password)).toEqual(passwords.slice(0, 10));
  expect(settled.filter(({ status }) => status === 'fulfilled')).toEqual([]);
  expect(auth.sessions.owners.size).toBe(0);
});

it('verifies no password, not even the right one, while it has to wait', async () => {
  auth.attempts.closed = true;
  const login = logIn(PASSWORD);
  await expect(login).rejects.toThrow(RateLimitedError);
  expect(auth.passwords.verified).toEqual([]);
  expect(auth.sessions.owners.size).toBe(0);
});

it('opens no session when the password was changed while it was being checked', async () => {
  const verify = auth.passwords.verifyPassword.bind(auth.passwords);
  auth.passwords.verifyPassword = async (...asked) => {
    const right = await verify(...asked);
    await auth.credentials.changePassword(ada.id, await auth.passwords.hashPassword('staple battery horse'));
    return right;
  };
  const login = handler.execute(new LoginCommand('ada@example.com', PASSWORD, LAPTOP));
  await expect(login).rejects.toThrow(InvalidCredentialsError);
  expect(auth.sessions.owners).toEqual(new Map());
});

it('announces, after the commit, the session that ended because there were too many', async () => {
  const opened: string[] = [];
  for (let n = 0; n < 50; n += 1) opened.push((await auth.sessions.openSession(ada.id, PHONE)).id);
  const oldest = auth.sessions.sessions.get(opened[0] ?? '');
  if (oldest) oldest.lastUsedAt = new Date(0);
  const run = vi.spyOn(auth.transactions, 'runInTransaction').mockImplementation(async (work) => {
    const done = await work();
    expect(auth.revocations.announced).toEqual([]);
    return done;
  });
  await logIn(PASSWORD);
  expect(run).toHaveBeenCalledOnce();
  expect(auth.revocations.announced).toEqual([[opened[0]]]);
  expect(auth.security.recorded).toContainEqual({
    event: 'session.ended',
    userId: ada.id,
    sessionId: opened[0],
    reason: 'too_many',
  });
});

it('logs no login whose commit fails', async () => {
  vi.spyOn(auth.transactions, 'runInTransaction').mockImplementation(async (work) => {
    await work();
    throw new Error('not committed');
  });
  await expect(logIn(PASSWORD)).rejects.toThrow('not committed');
  expect(auth.security.recorded).toEqual([]);
});
