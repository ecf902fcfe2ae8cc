import type { FastifyRequest } from 'fastify';
import type { TokenVerifierPort } from '../../../application/ports/token-verifier.port.js';
import { DomainError } from '../../../domain/errors/domain.error.js';
import { verifiedPrincipal, verifyRequest } from '../server/verify-request.js';

/** Where whoever has no token, or an old one, gets one. */
const ENTRIES = new Set(['/auth/login', '/auth/signup', '/auth/refresh']);

/**
 * Whom a request counts for: the user whose token it brings, else its address, of IPv6 the /64. At an entry it is the
 * address apart from all else that is asked there, so that no neighbour keeps anybody out.
 */
export async function requestClient(request: FastifyRequest, tokens: TokenVerifierPort): Promise<string> {
  try {
    await verifyRequest(request, tokens);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
  return knownClient(request);
}

/** The same, of a user only when somebody has verified the token already. */
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
