import { beforeEach, expect, it, vi } from 'vitest';
import { FakeAuth, LAPTOP } from '../../../../../../test/fakes/fake-auth.js';
import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import { EmailAlreadyUsedError } from '../../../user/domain/errors/email-already-used.error.js';
import { SignupCommand, SignupHandler } from './signup.command.js';

const SIGNUP = new SignupCommand('Ada@example.com', 'correct horse battery', 'Ada', LAPTOP);
let auth: FakeAuth;
let handler: SignupHandler;

beforeEach(() => {
  auth = new FakeAuth();
  handler = new SignupHandler(
    auth.users,
    auth.credentials,
    auth.passwords,
    auth.common,
    auth.opener,
    auth.transactions,
    auth.security,
  );
});

it('creates the account and logs it in', async () => {
  const { user, accessToken } = await handler.execute(SIGNUP);
  expect(user).toMatchObject({ email: 'ada@example.com', displayName: 'Ada' });
  const { principal } = await auth.tokens.verifyToken(accessToken);
  expect(principal.sub).toBe(user.id);
  expect(await auth.sessions.findByUser(user.id)).toEqual([
    expect.objectContaining({ id: principal.sid, ...LAPTOP }),
  ]);
});

it('stores a hash that the password fits, and not the password', async () => {
  await handler.execute(SIGNUP);
  const stored = auth.credentials.hashes.values().next().value ?? '';
  expect(stored).not.toContain(SIGNUP.password);
  expect(await auth.passwords.verifyPassword(stored, SIGNUP.password)).toBe(true);
});

it.each([
  ['email', new SignupCommand('a\0@example.com', SIGNUP.password, 'Ada', LAPTOP)],
  ['displayName', new SignupCommand(SIGNUP.email, SIGNUP.password, 'a\ud83d', LAPTOP)],
  ['displayName', new SignupCommand(SIGNUP.email, SIGNUP.password, 'deleted\u200b USER', LAPTOP)],
  ['password', new SignupCommand(SIGNUP.email, 'a password\0', 'Ada', LAPTOP)],
])('refuses what cannot be stored, and names that are none: %s', async (path, command) => {
  await expect(handler.execute(command)).rejects.toMatchObject({ details: [{ path }] });
  expect(await auth.users.findByEmail(SIGNUP.email)).toBeNull();
});

it('refuses an address that is taken and opens no session', async () => {
  await handler.execute(SIGNUP);
  const again = handler.execute(new SignupCommand('ADA@EXAMPLE.COM', 'another password', 'Eve', LAPTOP));
  await expect(again).rejects.toThrow(EmailAlreadyUsedError);
  expect(auth.sessions.owners.size).toBe(1);
  expect((await auth.users.findByEmail(SIGNUP.email))?.displayName).toBe('Ada');
});

it.each(['password', 'ILoveYou'])('refuses %s, a common password, before any work', async (common) => {
  const hash = vi.spyOn(auth.passwords, 'hashPassword');
  const signup = handler.execute(new SignupCommand(SIGNUP.email, common, 'Ada', LAPTOP));
  await expect(signup).rejects.toThrow(ValidationFailedError);
  await expect(signup).rejects.toMatchObject({ details: [{ path: 'password' }] });
  expect(hash).not.toHaveBeenCalled();
  expect(await auth.users.findByEmail(SIGNUP.email)).toBeNull();
});

it.each(['ada@EXAMPLE.com', 'Ada Lovelace', 'causerie', 'abcabcab'])(
  'refuses %s, which is easy to guess',
  async (password) => {
    const signup = handler.execute(new SignupCommand(SIGNUP.email, password, 'Ada Lovelace', LAPTOP));
    await expect(signup).rejects.toMatchObject({ details: [{ path: 'password' }] });
    expect(await auth.users.findByEmail(SIGNUP.email)).toBeNull();
  },
);

it('leaves no account behind when no session can be opened', async () => {
  vi.spyOn(auth.sessions, 'openSession').mockRejectedValue(new Error('away'));
  await expect(handler.execute(SIGNUP)).rejects.toThrow('away');
  expect(await auth.users.findByEmail(SIGNUP.email)).toBeNull();
});

it('leaves neither account nor session behind when no token can be made', async () => {
  vi.spyOn(auth.tokens, 'issueToken').mockRejectedValue(new Error('no key'));
  await expect(handler.execute(SIGNUP)).rejects.toThrow('no key');
  expect(await auth.users.findByEmail(SIGNUP.email)).toBeNull();
  expect(auth.sessions.owners.size).toBe(0);
});

it('hashes before the transaction, which would hold a connection all the while', async () => {
  const run = vi.spyOn(auth.transactions, 'runInTransaction');
  const hash = vi.spyOn(auth.passwords, 'hashPassword').mockRejectedValue(new Error('too many'));
  await expect(handler.execute(SIGNUP)).rejects.toThrow('too many');
  expect(hash).toHaveBeenCalledOnce();
  expect(run).not.toHaveBeenCalled();
});

it('logs no login whose commit fails', async () => {
  vi.spyOn(auth.transactions, 'runInTransaction').mockImplementation(async (work) => {
    await work();
    throw new Error('not committed');
  });
  await expect(handler.execute(SIGNUP)).rejects.toThrow('not committed');
  expect(auth.security.recorded).toEqual([]);
});
