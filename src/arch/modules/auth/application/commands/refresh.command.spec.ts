import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeAuth, LAPTOP, PHONE } from '../../../../../../test/fakes/fake-auth.js';
import type { User } from '../../../user/domain/models/user.model.js';
import { RefreshTokenInvalidError } from '../../domain/errors/refresh-token-invalid.error.js';
import { RefreshTokenReusedError } from '../../domain/errors/refresh-token-reused.error.js';
import { DEFAULT_PERMISSIONS } from '../../domain/models/permissions.model.js';
import type { AuthenticatedSession } from './authenticated-session.js';
import { RefreshCommand, RefreshHandler } from './refresh.command.js';

let auth: FakeAuth;
let ada: User;
let first: AuthenticatedSession;
let handler: RefreshHandler;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  auth = new FakeAuth();
  ada = await auth.signUp();
  first = await auth.opener.openSession(ada, LAPTOP);
  handler = new RefreshHandler(auth.sessions, auth.ending, auth.users, auth.opener, auth.security);
});

afterEach(() => {
  vi.useRealTimers();
});

const refresh = (token: string) => handler.execute(new RefreshCommand(token, PHONE));

it('issues new tokens for the same session, and remembers from where', async () => {
  const second = await refresh(first.refreshToken);
  expect(second).toMatchObject({ user: ada, expiresIn: 900 });
  expect(second.refreshToken).not.toBe(first.refreshToken);
  const { principal: before } = await auth.tokens.verifyToken(first.accessToken);
  const { principal } = await auth.tokens.verifyToken(second.accessToken);
  expect(principal).toEqual(before);
  expect(principal).toMatchObject({ sub: ada.id, permissions: DEFAULT_PERMISSIONS });
  expect(await auth.sessions.findByUser(ada.id)).toEqual([expect.objectContaining(PHONE)]);
  expect(auth.revocations.announced).toEqual([]);
});

it('announces a session that a reused token has ended', async () => {
  const second = await refresh(first.refreshToken);
  await refresh(second.refreshToken);
  await expect(refresh(first.refreshToken)).rejects.toThrow(RefreshTokenReusedError);
  const { principal } = await auth.tokens.verifyToken(first.accessToken);
  expect(auth.revocations.announced).toEqual([[principal.sid]]);
});

it('issues tokens with the same successor, whose use is noted, when the answer was lost', async () => {
  const second = await refresh(first.refreshToken);
  vi.setSystemTime(Date.now() + 20 * 3_600_000);
  const again = await refresh(first.refreshToken);
  expect(again.refreshToken).toBe(second.refreshToken);
  expect(again.accessToken).not.toBe(second.accessToken);
  expect([...auth.tokens.used]).toEqual([]);
  await auth.tokens.verifyToken(again.accessToken);
  await auth.sessions.storeUses([...auth.tokens.used]);
  await expect(refresh(first.refreshToken)).rejects.toThrow(RefreshTokenReusedError);
});

it('counts a lost answer as a theft after 25 h', async () => {
  await refresh(first.refreshToken);
  vi.setSystemTime(Date.now() + 25 * 3_600_000);
  await expect(refresh(first.refreshToken)).rejects.toThrow(RefreshTokenReusedError);
});

it('notes nothing for the token of a login', async () => {
  await auth.tokens.verifyToken(first.accessToken);
  expect([...auth.tokens.used]).toEqual([]);
});

it.each(['', 'x', 'x'.repeat(512)])('refuses the unknown token %j', async (token) => {
  await expect(refresh(token)).rejects.toThrow(RefreshTokenInvalidError);
  expect(auth.revocations.announced).toEqual([]);
});

it('refuses a session above the maximum age, and announces its end', async () => {
  const { principal } = await auth.tokens.verifyToken(first.accessToken);
  const session = auth.sessions.sessions.get(principal.sid);
  if (session) session.createdAt = new Date(Date.now() - 90 * 86_400_000);
  await expect(refresh(first.refreshToken)).rejects.toThrow(RefreshTokenInvalidError);
  expect(auth.revocations.announced).toEqual([[principal.sid]]);
  expect(auth.security.recorded).toEqual([
    { event: 'session.ended', userId: ada.id, sessionId: principal.sid, reason: 'too_old' },
  ]);
});

it('refuses a token whose account is deleted', async () => {
  vi.spyOn(auth.users, 'findById').mockResolvedValue(null);
  await expect(refresh(first.refreshToken)).rejects.toThrow(RefreshTokenInvalidError);
});
