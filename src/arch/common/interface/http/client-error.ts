import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { securityHeaders } from './security/security-headers.js';

/** Answers what is not even HTTP, or has headers beyond Node's limit, before any request exists. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const requestId = randomUUID();
  const body = JSON.stringify({
    statusCode: 400,
    error: STATUS_CODES[400],
    code: 'VALIDATION_FAILED',
    message: 'This is not a request that HTTP/1.1 allows.',
    requestId,
    timestamp: new Date().toISOString(),
    path: '',
    details: [],
  });
  const head = [
    'HTTP/1.1 400 Bad Request',
    'content-type: application/json; charset=utf-8',
    `x-request-id: ${requestId}`,
    ...[...securityHeaders('')].map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(
    `${head.join('\r\n')}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
