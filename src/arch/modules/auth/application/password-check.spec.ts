import { beforeEach, expect, it, vi } from 'vitest';
import { FakeAuth, LAPTOP, PASSWORD, PHONE } from '../../../../../test/fakes/fake-auth.js';
import type { User } from '../../user/domain/models/user.model.js';
import { InvalidCredentialsError } from '../domain/errors/invalid-credentials.error.js';
import type { PasswordAttempt } from './ports/password-attempts.port.js';

let auth: FakeAuth;
let ada: User;
let attempts: PasswordAttempt[];

beforeEach(async () => {
  auth = new FakeAuth();
  ada = await auth.signUp('ada@example.com');
  attempts = [];
  vi.spyOn(auth.attempts, 'attemptPassword').mockImplementation(async (attempt) => {
    attempts.push(attempt);
    return false;
  });
});

/** Whether the account is at home at an address. */
async function isAtHome(email: string, address: string | null): Promise<boolean | undefined> {
  const attempt = auth.check.requirePassword({ email, password: PASSWORD, address });
  await expect(attempt).rejects.toThrow(InvalidCredentialsError);
  return attempts.at(-1)?.isAtHome();
}

it('an account is at home where any of its sessions was last used, not only the latest one', async () => {
  for (const device of [LAPTOP, PHONE, { ...PHONE, ip: null }, { ...PHONE, ip: '2001:db8::1' }]) {
    await auth.sessions.openSession(ada.id, device);
  }
  const found = new Map<string | null, boolean | undefined>();
  for (const address of [LAPTOP.ip, PHONE.ip, '2001:db8::2', '2001:db8:0:1::1', '192.0.2.1', null]) {
    found.set(address, await isAtHome('ADA@example.com', address));
  }
  expect([...found.values()]).toEqual([true, true, true, false, false, false]);
});

it('an account that does not exist is at home nowhere', async () => {
  await auth.sessions.openSession(ada.id, LAPTOP);
  expect(await isAtHome('nobody@example.com', LAPTOP.ip)).toBe(false);
});

it('a login counts for its address, the confirmation of a session’s own user does not', async () => {
  const claim = { email: ada.email, password: PASSWORD, address: LAPTOP.ip };
  await expect(auth.check.requirePassword(claim)).rejects.toThrow(InvalidCredentialsError);
  await expect(auth.check.confirmPassword({ ...claim, userId: ada.id })).rejects.toThrow(
    InvalidCredentialsError,
  );
  expect(attempts.map(({ purpose }) => purpose)).toEqual(['login', 'confirmation']);
});
