import type { IncomingMessage } from 'node:http';

/**
 * Whether a request asks for what this server can become: a websocket. Any other `Upgrade` (`h2c` of Java's HTTP client
 * and of `curl --http2`) is an offer that we do not take, and the request is answered as if it had none.
 */
export function isWebSocketUpgrade({ method, headers }: IncomingMessage): boolean {
  const hasBody = 'content-length' in headers || 'transfer-encoding' in headers;
  return method === 'GET' && !hasBody && headers.upgrade?.toLowerCase() === 'websocket';
}
