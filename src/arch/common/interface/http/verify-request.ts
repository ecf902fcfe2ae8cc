import type { FastifyRequest } from 'fastify';
import type { TokenVerifierPort, VerifiedToken } from '../../application/ports/token-verifier.port.js';
import { bearerToken } from '../bearer-token.js';

const outcomes = new WeakMap<FastifyRequest, Promise<VerifiedToken>>();

/**
 * The verified token of a request. However many ask (throttling, then a guard), it is verified once.
 * @throws what `bearerToken` and the port throw
 */
export function verifyRequest(request: FastifyRequest, tokens: TokenVerifierPort): Promise<VerifiedToken> {
  const known = outcomes.get(request);
  if (known) return known;
  const outcome = verify(request, tokens);
  outcomes.set(request, outcome);
  return outcome;
}

async function verify(request: FastifyRequest, tokens: TokenVerifierPort): Promise<VerifiedToken> {
  return tokens.verify(bearerToken(request.headers.authorization));
}
