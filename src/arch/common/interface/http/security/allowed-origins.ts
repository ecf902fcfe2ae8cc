import type { IncomingHttpHeaders } from 'node:http';

/** In place of a list: every origin, but none with credentials. */
const EVERY = '*';

/** Whether pages of an origin may use this server although it is not theirs. */
export function isListed(origin: string, origins: readonly string[]): boolean {
  return origins.includes(EVERY) || origins.includes(origin);
}

/** A page elsewhere may not open a connection with its visitor's browser; what is no browser names no origin. */
export function mayConnect({ origin, host }: IncomingHttpHeaders, origins: readonly string[]): boolean {
  return origin === undefined || isListed(origin, origins) || isOwn(origin, host);
}

/** A proxy in front may have ended TLS: the scheme is the origin's, host and port must be those that were asked for. */
function isOwn(origin: string, host = ''): boolean {
  const scheme = /^https?:\/\//.exec(origin)?.[0];
  return scheme !== undefined && URL.parse(scheme + host)?.origin === origin;
}

/** Headers that a page may read. */
const EXPOSED = ['x-request-id', 'retry-after'];

/** For @fastify/cors and for Socket.IO, whose names for these are the same. */
export function corsOptions(origins: readonly string[]) {
  const every = origins.includes(EVERY);
  return { origin: every ? EVERY : [...origins], credentials: !every, exposedHeaders: EXPOSED };
}
