import type { FastifyRequest } from 'fastify';
import type { TokenVerifierPort } from '../../../application/ports/token-verifier.port.js';
import { DomainError } from '../../../domain/errors/domain.error.js';
import { verifiedPrincipal, verifyRequest } from '../server/verify-request.js';

/** Routes at which a client without a valid token gets one. */
const ENTRIES = new Set(['/auth/login', '/auth/signup', '/auth/refresh']);

/**
 * The client that a request counts for: the user of its token, otherwise its address, of IPv6 the /64. On the routes
 * above it is the address, counted apart from other requests, so that no neighbour can lock out others.
 */
export async function requestClient(request: FastifyRequest, tokens: TokenVerifierPort): Promise<string> {
  try {
    await verifyRequest(request, tokens);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
  return knownClient(request);
}

/** The same, with a user only when the token has been verified already. */
export function knownClient(request: FastifyRequest): string {
  if (isEntry(request)) return `entry of ${requestAddress(request)}`;
  const user = verifiedPrincipal(request);
  return user ? `user:${user.sub}` : requestAddress(request);
}

export function isEntry({ routeOptions: { url = '' } }: FastifyRequest): boolean {
  return ENTRIES.has(url);
}

export function requestAddress(request: FastifyRequest): string {
  return `address:${request.clientNetworks[0]}`;
}
