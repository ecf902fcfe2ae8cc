import type { FastifyRequest } from 'fastify';
import type { TokenVerifierPort, VerifiedToken } from '../../application/ports/token-verifier.port.js';
import type { Principal } from '../../domain/principal.js';
import { bearerToken } from '../bearer-token.js';

const outcomes = new WeakMap<FastifyRequest, Promise<VerifiedToken>>();
const principals = new WeakMap<FastifyRequest, Principal>();

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
  const verified = await tokens.verify(bearerToken(request.headers.authorization));
  principals.set(request, verified.principal);
  return verified;
}

/** Whom a request speaks for, as far as somebody has verified it already. */
export function verifiedPrincipal(request: FastifyRequest): Principal | undefined {
  return principals.get(request);
}
