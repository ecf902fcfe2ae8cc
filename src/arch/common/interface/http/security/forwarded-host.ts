import type { IncomingHttpHeaders } from 'node:http';

/**
 * The host that the outermost of the proxies was asked for, as they say in X-Forwarded-Host. Proxies set it, or each
 * appends what it was asked for; entries further left are the caller's own. A page cannot send it with its visitor's
 * browser (it would need CORS for that), and what is no browser gains nothing by it.
 * @param proxies how many stand in front; with 0 nobody reads it
 */
export function forwardedHost(headers: IncomingHttpHeaders, proxies: number): string | undefined {
  const forwarded = headers['x-forwarded-host'];
  if (proxies === 0 || typeof forwarded !== 'string') return undefined;
  const entries = forwarded.split(',');
  return entries[Math.max(0, entries.length - proxies)]?.trim();
}
