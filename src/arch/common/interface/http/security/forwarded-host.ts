import type { IncomingHttpHeaders } from 'node:http';

/**
 * The host that the client asked the outermost proxy for, from X-Forwarded-Host. Proxies set the header, or each of
 * them appends a value; values further left come from the caller. A page cannot send it with its visitor's browser
 * (that would need CORS), and other clients gain nothing by it.
 * @param proxies number of proxies in front of the server; with 0 the header is ignored
 */
export function forwardedHost(headers: IncomingHttpHeaders, proxies: number): string | undefined {
  const forwarded = headers['x-forwarded-host'];
  if (proxies === 0 || typeof forwarded !== 'string') return undefined;
  const entries = forwarded.split(',');
  return entries[Math.max(0, entries.length - proxies)]?.trim();
}
