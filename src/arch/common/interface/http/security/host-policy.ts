import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { ValidationFailedError } from '../../../domain/errors/validation-failed.error.js';

export type HostPolicy = (request: IncomingMessage) => void;
type AllowRequest = (
  request: IncomingMessage,
  answer: (problem: string | null, allowed: boolean) => void,
) => void;

/**
 * What a request may name as its host: one name, since a proxy and we might each read another one (RFC 9112, 3.2). With
 * `onlyOwn`, a name that nobody else can point at this machine: an address, `localhost`, or the host of a listed
 * origin. Otherwise a page could let its own name resolve to a loopback address and read our answers as its own
 * (DNS rebinding).
 * @returns a check that throws ValidationFailedError
 */
export function hostPolicy(onlyOwn: boolean, origins: readonly string[]): HostPolicy {
  // An app's name for itself is nobody's host.
  const web = origins.filter((origin) => /^https?:/.test(origin));
  const listed = new Set(web.map((origin) => URL.parse(origin)?.hostname));
  return (request) => {
    const [host = '', ...others] = hostsOf(request);
    if (others.length > 0) throw refusal('is sent more than once');
    if (onlyOwn && host !== '' && !isOwn(host, listed)) {
      throw refusal('is none of this development server: use localhost, or list your origin in CORS_ORIGINS');
    }
  };
}

/** For Socket.IO's `allowRequest`, whose requests pass through no hook. */
export function allowHost(check: HostPolicy, next: AllowRequest): AllowRequest {
  return (request, answer) => {
    try {
      check(request);
    } catch (error) {
      if (!(error instanceof ValidationFailedError)) throw error;
      return answer(error.message, false);
    }
    return next(request, answer);
  };
}

function hostsOf({ rawHeaders }: IncomingMessage): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'host');
}

function isOwn(host: string, listed: ReadonlySet<string | undefined>): boolean {
  const name = URL.parse(`http://${host}`)?.hostname ?? '';
  const address = name.replace(/^\[(.*)\]$/, '$1');
  // The stock client polls an IPv6 address without the brackets.
  return (
    isIP(address) > 0 ||
    isIP(host.replace(/:\d+$/, '')) > 0 ||
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    listed.has(name)
  );
}

function refusal(message: string): ValidationFailedError {
  return new ValidationFailedError([{ path: 'host', message }]);
}
