import type { FastifyRequest } from 'fastify';
import type { ConnectionLimits } from '../security/connection-limits.js';
import { isEntry, knownClient, requestAddress } from './request-client.js';
import type { Share } from './unread-answers.js';

/** Multiple of one user's limit that all users behind an address may leave unread. */
const HIGHER = 10;

/** The clients for whom the answer to a request counts while it is unread. */
export function sharesOf(
  request: FastifyRequest,
  { maxUnread }: Pick<ConnectionLimits, 'maxUnread'>,
): Share[] {
  const own = { key: knownClient(request), limit: maxUnread };
  if (isEntry(request)) return [own];
  return [own, { key: `ceiling of ${requestAddress(request)}`, limit: maxUnread * HIGHER }];
}
