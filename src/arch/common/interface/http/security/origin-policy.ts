import type { IncomingHttpHeaders } from 'node:http';
import { Logger } from '@nestjs/common';
import { MinuteLog } from '../../../application/minute-log.js';
import { forwardedHost } from './forwarded-host.js';

/** Allows every origin, but none with credentials. */
const EVERY = '*';
/** Browsers send this for pages without an origin. */
const OPAQUE = 'null';
/** Response headers that a page may read. */
const EXPOSED = ['x-request-id', 'retry-after'];
/** Maximum characters of a header in a log line. */
const MAX_LOGGED = 200;

interface Refused {
  readonly origin: string;
  readonly host: string;
}

/** Decides which pages may use this server, by their origin. */
export class OriginPolicy {
  private readonly logger = new Logger('Origins');
  private readonly refused = new MinuteLog<Refused>((count, { origin, host }) =>
    this.logger.warn(
      `${count} requests of pages that may not use this server; the last one was of ${printable(origin)}, ` +
        `which is neither in CORS_ORIGINS nor the host that was asked for, ${printable(host)}. ` +
        'If it is yours, add it to CORS_ORIGINS.',
    ),
  );
  private readonly listed;
  private readonly opaque = { origin: [OPAQUE], credentials: false, exposedHeaders: EXPOSED };
  private readonly every: boolean;

  /**
   * @param origins exactly as browsers write them, or `*` alone
   * @param proxies number of proxies in front of the server
   * @param loopback whether pages of this machine may use it, on whatever port they are developed
   */
  constructor(
    private readonly origins: readonly string[],
    private readonly proxies: number,
    private readonly loopback = false,
  ) {
    this.every = origins.includes(EVERY);
    const named = origins.filter((origin) => origin !== OPAQUE);
    this.listed = { origin: this.every ? EVERY : named, credentials: !this.every, exposedHeaders: EXPOSED };
  }

  get listsAny(): boolean {
    return this.origins.length > 0 || this.loopback;
  }

  /** Whether pages of another origin may use this server. */
  isListed(origin: string): boolean {
    return this.every || this.origins.includes(origin) || this.isOnLoopback(origin);
  }

  /**
   * Whether the request comes from no browser, from a page of a listed origin or from one of our own; a refusal is
   * logged.
   */
  admitsRequest(headers: IncomingHttpHeaders): boolean {
    const { origin, host = '' } = headers;
    if (origin === undefined || this.isListed(origin) || isOwn(origin, host)) return true;
    const forwarded = forwardedHost(headers, this.proxies);
    if (forwarded !== undefined && isOwn(origin, forwarded)) return true;
    this.refused.logDetail({ origin, host: forwarded ?? host });
    return false;
  }

  /** CORS headers of every answer; none when no origin is listed. */
  headersFor(origin: string | undefined): [name: string, value: string][] {
    if (!this.listsAny) return [];
    const vary: [string, string][] = this.every ? [] : [['vary', 'Origin']];
    if (origin === undefined || !this.isListed(origin)) return vary;
    const { credentials } = this.corsOptions(origin);
    return [
      ...vary,
      ['access-control-allow-origin', this.every ? EVERY : origin],
      ...(credentials ? [['access-control-allow-credentials', 'true'] as [string, string]] : []),
      ['access-control-expose-headers', EXPOSED.join(', ')],
    ];
  }

  /** CORS options for Socket.IO. The opaque origin `null` can be any page: it never gets credentials. */
  corsOptions(origin: string | undefined) {
    if (origin === OPAQUE && this.origins.includes(OPAQUE)) return this.opaque;
    if (origin !== undefined && !this.every && this.isOnLoopback(origin)) {
      return { ...this.listed, origin: [origin] };
    }
    return this.listed;
  }

  private isOnLoopback(origin: string): boolean {
    return this.loopback && isLoopback(origin);
  }
}

/** Names and addresses that lead to the browser's own machine (RFC 6761, 6.3; RFC 6890). */
const LOOPBACK = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/;

function isLoopback(origin: string): boolean {
  const url = /^https?:/.test(origin) ? URL.parse(origin) : null;
  return url?.origin === origin && LOOPBACK.test(url.hostname);
}

/** Compares without the scheme, because a proxy may have terminated TLS: host and port must be those of the request. */
function isOwn(origin: string, host: string): boolean {
  const scheme = /^https?:\/\//.exec(origin)?.[0];
  return scheme !== undefined && URL.parse(scheme + host)?.origin === origin;
}

/** Text of a caller for a log line: bounded, and nothing but printable ASCII. */
function printable(text: string): string {
  const escaped = text
    .slice(0, MAX_LOGGED)
    .replaceAll(
      /[^\x20-\x7e]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  return `"${escaped}${text.length > MAX_LOGGED ? '…' : ''}"`;
}
