import { beforeEach, expect, it, vi } from 'vitest';
import { FakeAuth, LAPTOP, PASSWORD, PHONE } from '../../../../../../test/fakes/fake-auth.js';
import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import type { User } from '../../../user/domain/models/user.model.js';
import { InvalidCredentialsError } from '../../domain/errors/invalid-credentials.error.js';
import { ChangePasswordCommand, ChangePasswordHandler } from './change-password.command.js';

const NEXT = 'staple battery horse';
let auth: FakeAuth;
let handler: ChangePasswordHandler;
let ada: User;
let sessions: string[];

beforeEach(async () => {
  auth = new FakeAuth();
  handler = new ChangePasswordHandler(
    auth.users,
    auth.credentials,
    auth.check,
    auth.passwords,
    auth.common,
    auth.sessions,
    auth.ending,
    auth.transactions,
    auth.security,
  );
  ada = await auth.signUp();
  sessions = [];
  for (const device of [LAPTOP, PHONE]) sessions.push((await auth.sessions.openSession(ada.id, device)).id);
});

const change = (current: string, next: string) =>
  handler.execute(new ChangePasswordCommand(ada.id, ada.email, current, next, LAPTOP.ip));
const fits = async (password: string) =>
  auth.passwords.verifyPassword(await auth.credentials.findPasswordHash(ada.id), password);

async function expectNothingChanged(): Promise<void> {
  expect(await fits(PASSWORD)).toBe(true);
  expect(await auth.sessions.findByUser(ada.id)).toHaveLength(2);
  expect(auth.revocations.announced).toEqual([]);
}

it('takes the new password and no longer the old one', async () => {
  await change(PASSWORD, NEXT);
  expect(await fits(NEXT)).toBe(true);
  expect(await fits(PASSWORD)).toBe(false);
});

it('ends every session of the user, and of no other, and announces it', async () => {
  const eve = await auth.signUp('eve@example.com');
  await auth.sessions.openSession(eve.id, LAPTOP);
  await change(PASSWORD, NEXT);
  expect(await auth.sessions.findByUser(ada.id)).toEqual([]);
  expect(await auth.sessions.findByUser(eve.id)).toHaveLength(1);
  expect(auth.revocations.announced.flat().toSorted()).toEqual(sessions.toSorted());
});

it('refuses a wrong current password', async () => {
  await expect(change(NEXT, NEXT)).rejects.toThrow(InvalidCredentialsError);
  await expectNothingChanged();
});

it('refuses a common new password, and names the field', async () => {
  const refused = change(PASSWORD, 'PassWord');
  await expect(refused).rejects.toThrow(ValidationFailedError);
  await expect(refused).rejects.toMatchObject({ details: [{ path: 'newPassword' }] });
  await expectNothingChanged();
});

it.each(['ada@example.com', 'Causerie', 'aaaaaaaa'])('refuses %s, which is easy to guess', async (next) => {
  await expect(change(PASSWORD, next)).rejects.toMatchObject({ details: [{ path: 'newPassword' }] });
  await expectNothingChanged();
});

it('keeps the old password when the sessions cannot be ended', async () => {
  vi.spyOn(auth.sessions, 'endAllSessions').mockRejectedValue(new Error('away'));
  await expect(change(PASSWORD, NEXT)).rejects.toThrow('away');
  await expectNothingChanged();
});

it('announces and logs nothing before the commit', async () => {
  vi.spyOn(auth.transactions, 'runInTransaction').mockImplementation(async (work) => {
    await work();
    throw new Error('not committed');
  });
  await expect(change(PASSWORD, NEXT)).rejects.toThrow('not committed');
  expect([auth.revocations.announced, auth.security.recorded]).toEqual([[], []]);
});
