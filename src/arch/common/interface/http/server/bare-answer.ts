import { type IncomingMessage, type OutgoingHttpHeaders, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { guardListener } from '../../../application/guard-listener.js';
import { toErrorPayload } from '../../errors/error-payload.js';
import { errorBody, errorHeaders } from './error-body.js';
import { requestId } from '../security/request-id.js';
import { securityHeaders } from '../security/security-headers.js';

/** Milliseconds for a peer to read the answer and to close its side; afterwards the connection is cut. */
const CLOSE_LIMIT = 1_000;

/**
 * Answers with an error where no response object exists, and closes the connection, whatever the peer does.
 * @param request the failed request; empty when nothing of it could be read
 * @param usual headers of every answer
 */
export function answerBare(
  socket: Duplex,
  error: unknown,
  request: Pick<IncomingMessage, 'headers' | 'url'>,
  usual: OutgoingHttpHeaders = Object.fromEntries(securityHeaders(request.url ?? '')),
): void {
  const payload = toErrorPayload(error);
  const id = requestId(request);
  const body = JSON.stringify(errorBody(payload, id, request.url ?? ''));
  const headers = {
    ...usual,
    ...errorHeaders(payload),
    'x-request-id': id,
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
  endBare(
    socket,
    `HTTP/1.1 ${payload.statusCode} ${STATUS_CODES[payload.statusCode]}\r\n${lines.join('')}\r\n${body}`,
  );
}

/**
 * Closes a connection after its pending writes. Data that its peer still sends is read and dropped, so that the peer
 * gets to read the answer.
 */
export function endBare(socket: Duplex, last = ''): void {
  socket.end(last);
  const timer = setTimeout(
    guardListener(() => socket.destroy()),
    CLOSE_LIMIT,
  );
  socket.once(
    'close',
    guardListener(() => clearTimeout(timer)),
  );
}
