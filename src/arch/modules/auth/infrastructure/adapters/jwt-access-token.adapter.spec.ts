import { randomUUID } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { SessionRevocationsFake } from '../../../../../../test/fakes/session-revocations.fake.js';
import { SuccessorUsesFake } from '../../../../../../test/fakes/successor-uses.fake.js';
import { testConfig } from '../../../../../../test/support/test-config.js';
import { SessionRevokedError } from '../../../../common/domain/errors/session-revoked.error.js';
import { TokenExpiredError } from '../../../../common/domain/errors/token-expired.error.js';
import { TokenInvalidError } from '../../../../common/domain/errors/token-invalid.error.js';
import { JwtAccessTokenAdapter } from './jwt-access-token.adapter.js';

const config = testConfig();
const revocations = new SessionRevocationsFake();
const uses = new SuccessorUsesFake();
const adapter = new JwtAccessTokenAdapter(config, revocations, uses);
const key = new TextEncoder().encode(config.env.JWT_ACCESS_SECRET);
const now = Math.floor(Date.now() / 1_000);

const GOOD = {
  sub: randomUUID(),
  email: 'ada@example.com',
  sid: randomUUID(),
  permissions: [{ resource: 'messages', actions: ['read'] }],
  iss: 'causerie',
  aud: 'causerie',
  iat: now,
  exp: now + 60,
  jti: randomUUID(),
};
const HEADER = { alg: 'HS256', typ: 'at+jwt' };

const sign = (claims: JWTPayload, header: { alg: string; typ?: string } = HEADER) =>
  new SignJWT(claims).setProtectedHeader(header).sign(key);

it('carries exactly the claims of the contract', async () => {
  const { sub, email, sid, permissions } = GOOD;
  const { token } = await adapter.issueToken({ sub, email, sid, permissions });
  const claims = decodeJwt(token);
  expect(decodeProtectedHeader(token)).toEqual(HEADER);
  expect(claims).toEqual({
    ...GOOD,
    iat: expect.any(Number),
    exp: Number(claims.iat) + 900,
    jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});

it('accepts a token that is right in all respects, so that the refusals below are for what they name', async () => {
  const { principal } = await adapter.verifyToken(await sign(GOOD));
  const { sub, email, sid, permissions } = GOOD;
  expect(principal).toEqual({ sub, email, sid, permissions });
});

it('reports that a token which it has accepted before is expired', async () => {
  vi.useFakeTimers({ now: now * 1_000, toFake: ['Date'] });
  try {
    const token = await sign(GOOD);
    expect((await adapter.verifyToken(token)).expiresAt).toEqual(new Date(GOOD.exp * 1_000));
    vi.setSystemTime(GOOD.exp * 1_000 - 1);
    await expect(adapter.verifyToken(token)).resolves.toBeDefined();
    vi.setSystemTime(GOOD.exp * 1_000);
    await expect(adapter.verifyToken(token)).rejects.toThrow(TokenExpiredError);
  } finally {
    vi.useRealTimers();
  }
});

it('refuses a token that it has accepted before when its session ends', async () => {
  const ending = { ...GOOD, sid: randomUUID() };
  const token = await sign(ending);
  await adapter.verifyToken(token);
  revocations.announceRevocations([ending.sid]);
  await expect(adapter.verifyToken(token)).rejects.toThrow(SessionRevokedError);
});

it('refuses what is as old as sessions that have been forgotten as expired, and no newer token', async () => {
  const token = await sign(GOOD);
  await adapter.verifyToken(token);
  try {
    revocations.forgottenUntil = now * 1_000 - 1;
    await expect(adapter.verifyToken(token)).resolves.toBeDefined();
    revocations.forgottenUntil = now * 1_000;
    await expect(adapter.verifyToken(token)).rejects.toThrow(TokenExpiredError);
  } finally {
    revocations.forgottenUntil = 0;
  }
});

describe('refuses', () => {
  it('a token whose session has ended, but reports an expired one as expired', async () => {
    const ended = { ...GOOD, sid: randomUUID() };
    const token = await sign(ended);
    expect(adapter.isRevoked(ended.sid)).toBe(false);
    revocations.announceRevocations([ended.sid]);
    expect(adapter.isRevoked(ended.sid)).toBe(true);
    await expect(adapter.verifyToken(token)).rejects.toThrow(SessionRevokedError);
    const over = await sign({ ...ended, iat: now - 901, exp: now - 1 });
    await expect(adapter.verifyToken(over)).rejects.toThrow(TokenExpiredError);
  });

  it('a forged token as forged, whatever session it names', async () => {
    const ended = { ...GOOD, sid: randomUUID() };
    revocations.announceRevocations([ended.sid]);
    const forged = await new SignJWT(ended).setProtectedHeader(HEADER).sign(new Uint8Array(32));
    await expect(adapter.verifyToken(forged)).rejects.toThrow(TokenInvalidError);
  });

  it.each([
    ['another issuer', { ...GOOD, iss: 'other' }],
    ['another audience', { ...GOOD, aud: 'other' }],
    ['a user id that is none', { ...GOOD, sub: '1 or true' }],
    ['a session id that is none', { ...GOOD, sid: 'x' }],
    ['permissions of another shape', { ...GOOD, permissions: ['messages:read'] }],
    ['permissions that are none', { ...GOOD, permissions: 'all' }],
    ['a token that holds only later', { ...GOOD, nbf: now + 3_600 }],
  ])('%s', async (_, claims) => {
    await expect(adapter.verifyToken(await sign(claims))).rejects.toThrow(TokenInvalidError);
  });

  it.each(Object.keys(GOOD))('a token without %s', async (claim) => {
    const claims = Object.fromEntries(Object.entries(GOOD).filter(([name]) => name !== claim));
    await expect(adapter.verifyToken(await sign(claims))).rejects.toThrow(TokenInvalidError);
  });

  it.each([
    ['another algorithm', { alg: 'HS512', typ: 'at+jwt' }],
    ['another type', { alg: 'HS256', typ: 'JWT' }],
    ['no type', { alg: 'HS256' }],
  ])('%s', async (_, header) => {
    await expect(adapter.verifyToken(await sign(GOOD, header))).rejects.toThrow(TokenInvalidError);
  });

  it('a token without a signature', async () => {
    const unsigned = new UnsecuredJWT(GOOD).encode();
    await expect(adapter.verifyToken(unsigned)).rejects.toThrow(TokenInvalidError);
    const [head, body] = (await sign(GOOD)).split('.');
    await expect(adapter.verifyToken(`${head}.${body}.`)).rejects.toThrow(TokenInvalidError);
  });

  it('claims that were changed after signing', async () => {
    const [head, , signature] = (await sign(GOOD)).split('.');
    const forged = Buffer.from(JSON.stringify({ ...GOOD, sub: randomUUID() })).toString('base64url');
    await expect(adapter.verifyToken(`${head}.${forged}.${signature}`)).rejects.toThrow(TokenInvalidError);
  });
});
