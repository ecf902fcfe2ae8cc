import type { IncomingMessage } from 'node:http';

/**
 * Whether a request asks for an upgrade to a websocket, the only protocol that this server supports. Any other
 * `Upgrade` (`h2c` of Java's HTTP client and of `curl --http2`) is an offer that the server declines: the request is
 * answered as if it had none.
 */
export function isWebSocketUpgrade({ method, headers }: IncomingMessage): boolean {
  const hasBody = 'content-length' in headers || 'transfer-encoding' in headers;
  return method === 'GET' && !hasBody && headers.upgrade?.toLowerCase() === 'websocket';
}
