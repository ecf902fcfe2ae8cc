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

/** Adds a field to every request for the result of its token's verification. */
export function addVerification(fastify: FastifyInstance): void {
  fastify.decorateRequest(OUTCOME);
  fastify.decorateRequest(PRINCIPAL);
}

/**
 * The verified token of a request. It is verified once, however many callers ask (throttling, then a guard).
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

/** The principal of a request whose token has been verified already. */
export function verifiedPrincipal(request: FastifyRequest): Principal | undefined {
  return request[PRINCIPAL];
}
