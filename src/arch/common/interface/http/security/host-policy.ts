import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { ValidationFailedError } from '../../../domain/errors/validation-failed.error.js';

const HOST = /^host$/i;

export type HostPolicy = (request: IncomingMessage) => void;

/**
 * Checks the Host header: exactly one name, since a proxy and this server might each read another one (RFC 9112, 3.2).
 * With `onlyOwn`, only names that no outsider can point at this machine: an address, `localhost`, or the host of a
 * listed origin. Otherwise a page could let its own name resolve to a loopback address and read our answers as its own
 * (DNS rebinding).
 * @returns a check that throws ValidationFailedError
 */
export function hostPolicy(onlyOwn: boolean, origins: readonly string[]): HostPolicy {
  // The origin of a mobile app has no host.
  const web = origins.filter((origin) => /^https?:/.test(origin));
  const listed = new Set(web.map((origin) => URL.parse(origin)?.hostname));
  /** A cache of one entry: nearly all requests have the same host. */
  let own = '';
  return (request) => {
    const host = onlyHost(request);
    if (!onlyOwn || host === '' || host === own) return;
    if (!isOwn(host, listed)) {
      throw refusal('is none of this development server: use localhost, or list your origin in CORS_ORIGINS');
    }
    own = host;
  };
}

/** Empty when the header is missing, as in HTTP/1.0, or empty. */
function onlyHost({ rawHeaders, httpVersion }: IncomingMessage): string {
  let host: string | undefined;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (!HOST.test(rawHeaders[index] ?? '')) continue;
    if (host !== undefined) throw refusal('is sent more than once');
    host = rawHeaders[index + 1] ?? '';
  }
  if (host === undefined && httpVersion === '1.1') throw refusal('is required');
  return host ?? '';
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
