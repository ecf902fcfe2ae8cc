import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { ERROR_STATUS } from '../errors/error-status.js';
import { answerBare } from './bare-answer.js';

/** Answers what is not even HTTP, or has headers beyond Node's limit, before any request exists. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const code = 'VALIDATION_FAILED';
  const message = 'This is not a request that HTTP/1.1 allows.';
  answerBare(socket, { statusCode: ERROR_STATUS[code], code, message, details: [] }, randomUUID(), '');
}
