import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { TokenVerifierPort, VerifiedToken } from '../../../application/ports/token-verifier.port.js';
import type { Principal } from '../../../domain/principal.js';
import { bearerToken } from '../../bearer-token.js';

const OUTCOME = Symbol('outcome');
const PRINCIPAL = Symbol('principal');

declare module 'fastify' {
  interface FastifyRequest {
    [OUTCOME]: Promise<VerifiedToken> | undefined;
    [PRINCIPAL]: Principal | undefined;
  }
}

/** Makes room on every request for what its token says. */
export function addVerification(fastify: FastifyInstance): void {
  fastify.decorateRequest(OUTCOME);
  fastify.decorateRequest(PRINCIPAL);
}

/**
 * The verified token of a request. However many ask (throttling, then a guard), it is verified once.
 * @throws what `bearerToken` and the port throw
 */
export function verifyRequest(request: FastifyRequest, tokens: TokenVerifierPort): Promise<VerifiedToken> {
  return (request[OUTCOME] ??= verify(request, tokens));
}

async function verify(request: FastifyRequest, tokens: TokenVerifierPort): Promise<VerifiedToken> {
  const verified = await tokens.verifyToken(bearerToken(request.headers.authorization));
  request[PRINCIPAL] = verified.principal;
  return verified;
}

/** Whom a request speaks for, as far as somebody has verified it already. */
export function verifiedPrincipal(request: FastifyRequest): Principal | undefined {
  return request[PRINCIPAL];
}
