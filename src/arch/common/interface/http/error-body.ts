import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toErrorPayload } from '../errors/error-payload.js';

/** Answers a request with the one error shape of the HTTP API. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { retryAfterMs, ...payload } = toErrorPayload(error);
  if (retryAfterMs !== undefined) void reply.header('retry-after', Math.ceil(retryAfterMs / 1_000));
  void reply
    .status(payload.statusCode)
    .header('x-request-id', request.id)
    .header('content-type', 'application/json; charset=utf-8')
    .send({
      statusCode: payload.statusCode,
      error: STATUS_CODES[payload.statusCode],
      code: payload.code,
      message: payload.message,
      requestId: request.id,
      timestamp: new Date().toISOString(),
      path: request.url.split('?', 1)[0],
      details: payload.details,
    });
}
