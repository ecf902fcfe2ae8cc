import { beforeEach, expect, it } from 'vitest';
import { AccessTokenFake } from '../../../../../../test/fakes/access-token.fake.js';
import { PasswordHasherFake } from '../../../../../../test/fakes/password-hasher.fake.js';
import { SessionRepositoryFake } from '../../../../../../test/fakes/session-repository.fake.js';
import { UserRepositoryFake } from '../../../../../../test/fakes/user-repository.fake.js';
import { EmailAlreadyUsedError } from '../../../user/domain/errors/email-already-used.error.js';
import { SessionOpener } from '../session-opener.js';
import { SignupCommand, SignupHandler } from './signup.command.js';

const SIGNUP = new SignupCommand('Ada@example.com', 'correct horse battery', 'Ada');
let users: UserRepositoryFake;
let passwords: PasswordHasherFake;
let sessions: SessionRepositoryFake;
let tokens: AccessTokenFake;
let handler: SignupHandler;

beforeEach(() => {
  users = new UserRepositoryFake();
  passwords = new PasswordHasherFake();
  sessions = new SessionRepositoryFake();
  tokens = new AccessTokenFake();
  handler = new SignupHandler(users, passwords, new SessionOpener(sessions, tokens));
});

it('creates the account and logs it in', async () => {
  const { user, accessToken } = await handler.execute(SIGNUP);
  expect(user).toMatchObject({ email: 'Ada@example.com', displayName: 'Ada' });
  const { principal } = await tokens.verify(accessToken);
  expect(principal.sub).toBe(user.id);
  expect(sessions.owners).toEqual(new Map([[principal.sid, user.id]]));
});

it('stores a hash that the password fits, and not the password', async () => {
  await handler.execute(SIGNUP);
  const stored = (await users.findCredentials(SIGNUP.email))?.passwordHash ?? '';
  expect(stored).not.toContain(SIGNUP.password);
  expect(await passwords.verify(stored, SIGNUP.password)).toBe(true);
});

it('refuses an address that is taken and opens no session', async () => {
  await handler.execute(SIGNUP);
  const again = handler.execute(new SignupCommand('ADA@EXAMPLE.COM', 'another password', 'Eve'));
  await expect(again).rejects.toThrow(EmailAlreadyUsedError);
  expect(sessions.owners.size).toBe(1);
  expect((await users.findCredentials(SIGNUP.email))?.user.displayName).toBe('Ada');
});
