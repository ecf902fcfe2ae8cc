import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { MalformedJsonError } from '../../domain/errors/malformed-json.error.js';
import { answerClientError } from './client-error.js';
import { sendError } from './error-body.js';

/** Bytes of a request body. */
const BODY_LIMIT = 102_400;

/** Milliseconds in which a whole request must have come. */
const REQUEST_TIMEOUT = 30_000;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Fastify with our limits, our request ids, and our error shape also where no route is reached. */
export function createFastifyAdapter(): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    // As long as Node lets a request line be: what is wrong with an id is told in its turn, not by the router.
    routerOptions: { maxParamLength: 16_384 },
    requestTimeout: REQUEST_TIMEOUT,
    requestIdHeader: false,
    genReqId: requestId,
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      sendError(error, request, reply),
    clientErrorHandler: answerClientError,
    skipMiddie: true,
  });
}

/** The caller's own id when it is a sane one. */
function requestId({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\x20-\x7e]{1,64}$/.test(given) ? given : randomUUID();
}

/** JSON in UTF-8 and nothing else; bytes that are not UTF-8 are refused instead of replaced. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    throw new MalformedJsonError();
  }
}
