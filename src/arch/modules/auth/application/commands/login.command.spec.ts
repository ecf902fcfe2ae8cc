import { beforeEach, expect, it } from 'vitest';
import { AccessTokenFake } from '../../../../../../test/fakes/access-token.fake.js';
import { PasswordHasherFake } from '../../../../../../test/fakes/password-hasher.fake.js';
import { SessionRepositoryFake } from '../../../../../../test/fakes/session-repository.fake.js';
import { UserRepositoryFake } from '../../../../../../test/fakes/user-repository.fake.js';
import type { User } from '../../../user/domain/models/user.model.js';
import { InvalidCredentialsError } from '../../domain/errors/invalid-credentials.error.js';
import { DEFAULT_PERMISSIONS } from '../../domain/models/permissions.model.js';
import { SessionOpener } from '../session-opener.js';
import { LoginCommand, LoginHandler } from './login.command.js';

const PASSWORD = 'Password123!';
let passwords: PasswordHasherFake;
let sessions: SessionRepositoryFake;
let tokens: AccessTokenFake;
let handler: LoginHandler;
let ada: User;

beforeEach(async () => {
  const users = new UserRepositoryFake();
  passwords = new PasswordHasherFake();
  sessions = new SessionRepositoryFake();
  tokens = new AccessTokenFake();
  handler = new LoginHandler(users, passwords, new SessionOpener(sessions, tokens));
  const passwordHash = await passwords.hash(PASSWORD);
  ada = await users.create({ email: 'Ada@example.com', displayName: 'Ada', passwordHash });
});

it('opens a session and issues tokens that speak for it', async () => {
  const loggedIn = await handler.execute(new LoginCommand('ada@EXAMPLE.com', PASSWORD));
  const { principal } = await tokens.verify(loggedIn.accessToken);
  expect(loggedIn).toMatchObject({ user: ada, expiresIn: 900, refreshToken: expect.any(String) });
  expect(sessions.owners).toEqual(new Map([[principal.sid, ada.id]]));
  expect(principal).toEqual({
    sub: ada.id,
    email: 'Ada@example.com',
    sid: principal.sid,
    permissions: DEFAULT_PERMISSIONS,
  });
});

it('opens one session for each login', async () => {
  await handler.execute(new LoginCommand(ada.email, PASSWORD));
  await handler.execute(new LoginCommand(ada.email, PASSWORD));
  expect(sessions.owners.size).toBe(2);
});

it('refuses a wrong password and opens nothing', async () => {
  const login = handler.execute(new LoginCommand(ada.email, 'password123!'));
  await expect(login).rejects.toThrow(InvalidCredentialsError);
  expect(sessions.owners.size).toBe(0);
});

it('refuses an unknown address in the same words, after as much work', async () => {
  const login = handler.execute(new LoginCommand('nobody@example.com', PASSWORD));
  await expect(login).rejects.toThrow(new InvalidCredentialsError());
  expect(passwords.verified).toEqual([{ hash: null, password: PASSWORD }]);
  expect(sessions.owners.size).toBe(0);
});
