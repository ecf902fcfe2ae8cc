import type { FastifyRequest } from 'fastify';
import { expect, it } from 'vitest';
import { TokenVerifierPort, type VerifiedToken } from '../../../application/ports/token-verifier.port.js';
import { TokenInvalidError } from '../../../domain/errors/token-invalid.error.js';
import { TokenMissingError } from '../../../domain/errors/token-missing.error.js';
import { verifyRequest } from './verify-request.js';

class CountingVerifier extends TokenVerifierPort {
  asked = 0;

  async verifyToken(token: string): Promise<VerifiedToken> {
    this.asked += 1;
    if (token !== 'good') throw new TokenInvalidError();
    return {
      principal: { sub: 'ada', email: 'ada@example.com', sid: 's', permissions: [] },
      issuedAt: new Date(),
      expiresAt: new Date(),
    };
  }

  isRevoked(): boolean {
    return false;
  }
}

const request = (authorization?: string) => ({ headers: { authorization } }) as unknown as FastifyRequest;

it('verifies the token of a request once, however many callers need it', async () => {
  const tokens = new CountingVerifier();
  const one = request('Bearer good');
  await Promise.all([verifyRequest(one, tokens), verifyRequest(one, tokens)]);
  expect((await verifyRequest(one, tokens)).principal.sub).toBe('ada');
  expect(tokens.asked).toBe(1);
});

it('refuses each caller, after one verification', async () => {
  const tokens = new CountingVerifier();
  const one = request('Bearer bad');
  await expect(verifyRequest(one, tokens)).rejects.toThrow(TokenInvalidError);
  await expect(verifyRequest(one, tokens)).rejects.toThrow(TokenInvalidError);
  expect(tokens.asked).toBe(1);
});

it('does not take one request for another', async () => {
  const tokens = new CountingVerifier();
  await verifyRequest(request('Bearer good'), tokens);
  await expect(verifyRequest(request(), tokens)).rejects.toThrow(TokenMissingError);
});
