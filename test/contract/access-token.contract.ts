import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TokenVerifierPort } from '../../src/arch/common/application/ports/token-verifier.port.js';
import { SessionRevokedError } from '../../src/arch/common/domain/errors/session-revoked.error.js';
import { TokenExpiredError } from '../../src/arch/common/domain/errors/token-expired.error.js';
import { TokenInvalidError } from '../../src/arch/common/domain/errors/token-invalid.error.js';
import type { AccessTokenIssuerPort } from '../../src/arch/modules/auth/application/ports/access-token-issuer.port.js';

const ISSUED_AT = new Date('2026-01-31T12:00:00.000Z');
const PRINCIPAL = {
  sub: randomUUID(),
  email: 'ada@example.com',
  sid: randomUUID(),
  permissions: [{ resource: 'messages', actions: ['create', 'read'] }],
};

/** The two ports, a method that ends a session, and the successors whose use was noted. */
type AccessTokenSubject = AccessTokenIssuerPort &
  TokenVerifierPort & { revoke(sessionId: string): void; readonly used: ReadonlySet<string> };

/**
 * @param makeSubject creates a subject whose tokens last `expiresIn` seconds; no subject accepts tokens of another one
 */
export function describeAccessTokenContract(
  name: string,
  makeSubject: (expiresIn: number) => AccessTokenSubject,
): void {
  describe(`AccessTokenIssuerPort and TokenVerifierPort on ${name}`, () => {
    const subject = makeSubject(900);

    beforeEach(() => {
      vi.useFakeTimers({ toFake: ['Date'], now: ISSUED_AT });
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    it('verifies a token that it has issued, and returns its user, issue time and expiry', async () => {
      const { token, expiresIn } = await subject.issueToken(PRINCIPAL);
      expect(expiresIn).toBe(900);
      expect(await subject.verifyToken(token)).toEqual({
        principal: PRINCIPAL,
        issuedAt: ISSUED_AT,
        expiresAt: new Date('2026-01-31T12:15:00.000Z'),
      });
    });

    it('issues no token that outlives its session, and never an expired one', async () => {
      for (const [left, seconds] of [
        [60, 900],
        [15, 900],
        [2.5, 150],
        [2.515, 150],
        [0, 1],
      ] as const) {
        const { token, expiresIn } = await subject.issueToken(PRINCIPAL, left * 60);
        expect(expiresIn).toBe(seconds);
        expect((await subject.verifyToken(token)).expiresAt).toEqual(
          new Date(ISSUED_AT.getTime() + seconds * 1_000),
        );
      }
    });

    it('issues another token each time', async () => {
      const tokens = await Promise.all([subject.issueToken(PRINCIPAL), subject.issueToken(PRINCIPAL)]);
      expect(tokens[0].token).not.toBe(tokens[1].token);
    });

    it('notes the use of the successor that a token was issued with, when it is verified', async () => {
      const { token } = await subject.issueToken(PRINCIPAL, 900, 'the successor');
      expect([...subject.used]).toEqual([]);
      const { token: first } = await subject.issueToken(PRINCIPAL);
      await subject.verifyToken(first);
      expect([...subject.used]).toEqual([]);
      expect((await subject.verifyToken(token)).principal).toEqual(PRINCIPAL);
      expect([...subject.used]).toEqual(['the successor']);
    });

    it('refuses a token from its expiry on', async () => {
      const { token } = await subject.issueToken(PRINCIPAL);
      vi.setSystemTime(new Date('2026-01-31T12:14:59.999Z'));
      await expect(subject.verifyToken(token)).resolves.toMatchObject({ principal: PRINCIPAL });
      vi.setSystemTime(new Date('2026-01-31T12:15:00.000Z'));
      await expect(subject.verifyToken(token)).rejects.toThrow(TokenExpiredError);
    });

    it('refuses all tokens of a session that has ended, and only those', async () => {
      const ended = { ...PRINCIPAL, sid: randomUUID() };
      const tokens = [await subject.issueToken(ended), await subject.issueToken(ended)];
      const { token: other } = await subject.issueToken(PRINCIPAL);
      expect(subject.isRevoked(ended.sid)).toBe(false);
      subject.revoke(ended.sid);
      expect(subject.isRevoked(ended.sid)).toBe(true);
      for (const { token } of tokens)
        await expect(subject.verifyToken(token)).rejects.toThrow(SessionRevokedError);
      expect(subject.isRevoked(PRINCIPAL.sid)).toBe(false);
      await expect(subject.verifyToken(other)).resolves.toMatchObject({ principal: PRINCIPAL });
      vi.setSystemTime(new Date('2026-01-31T12:15:00.000Z'));
      for (const { token } of tokens)
        await expect(subject.verifyToken(token)).rejects.toThrow(TokenExpiredError);
    });

    it.each(['', 'x', 'a.b.c', 'eyJhbGciOiJub25lIn0.e30.'])('refuses %j', async (token) => {
      await expect(subject.verifyToken(token)).rejects.toThrow(TokenInvalidError);
    });

    it('refuses a token of another issuer, expired or not', async () => {
      const { token } = await makeSubject(900).issueToken(PRINCIPAL);
      await expect(subject.verifyToken(token)).rejects.toThrow(TokenInvalidError);
      vi.setSystemTime(new Date('2026-01-31T13:00:00.000Z'));
      await expect(subject.verifyToken(token)).rejects.toThrow(TokenInvalidError);
    });
  });
}
