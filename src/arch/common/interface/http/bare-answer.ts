import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { guardListener } from '../../application/guard-listener.js';
import type { ErrorPayload } from '../errors/error-payload.js';
import { errorBody, errorHeaders } from './error-body.js';
import { securityHeaders } from './security/security-headers.js';

/** Milliseconds for a peer to take the answer and to close its side; afterwards there is no connection. */
const CLOSE_LIMIT = 1_000;

/** Answers with an error where no response exists, and ends the connection, whatever the peer does. */
export function answerBare(socket: Duplex, payload: ErrorPayload, requestId: string, url: string): void {
  const body = JSON.stringify(errorBody(payload, requestId, url));
  const headers = {
    ...errorHeaders(payload),
    'x-request-id': requestId,
    ...Object.fromEntries(securityHeaders(url)),
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${payload.statusCode} ${STATUS_CODES[payload.statusCode]}\r\n${lines.join('')}\r\n${body}`,
  );
  const timer = setTimeout(
    guardListener(() => socket.destroy()),
    CLOSE_LIMIT,
  );
  socket.once(
    'close',
    guardListener(() => clearTimeout(timer)),
  );
}
