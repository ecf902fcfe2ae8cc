import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { guardListener } from '../../../application/guard-listener.js';
import type { InFlightWork } from '../../../application/in-flight-work.js';
import type { SecurityLogPort } from '../../../application/ports/security-log.port.js';
import { isHealthRoute } from './health-route.js';
import type { OpenAnswers } from './open-answers.js';
import { RequestCaller } from './request-caller.js';
import { RouteTable } from './route-table.js';
import { shownPath } from './shown-path.js';
import { BODY_LIMIT, type ConnectionLimits } from '../security/connection-limits.js';
import type { UnreadAnswers } from '../sharing/unread-answers.js';
import { sharesOf } from '../sharing/unread-shares.js';

const logger = new Logger('Http');

/** Bytes that wait at a time of a file that is streamed. */
const STREAM_BYTES = 65_536;

const COUNTED = Symbol('counted');
const FOLLOWED = Symbol('followed');

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether the request counts as work in flight. */
    [COUNTED]: boolean;
    /** Whether sending its answer is tracked. */
    [FOLLOWED]: boolean;
  }
}

interface Followers {
  readonly work: InFlightWork;
  readonly answers: OpenAnswers;
  readonly unread: UnreadAnswers;
  readonly security: SecurityLogPort;
}

/** Hooks around every request: they count work in flight and unread answers, and write one log line. */
export function addRequestHooks(
  fastify: FastifyInstance,
  { work, answers, unread, security }: Followers,
  limits: Pick<ConnectionLimits, 'maxUnread'>,
): void {
  fastify.decorateRequest(COUNTED, false);
  fastify.decorateRequest(FOLLOWED, false);

  const routes = new RouteTable();
  fastify.addHook('onRoute', (route) => routes.addRoute(route));

  fastify.addHook('onRequest', (request, reply, done) => {
    if (work.isDraining) void reply.header('connection', 'close');
    // An unknown route is refused before the body is read.
    done(request.is404 ? routes.refusalOf(request.url) : undefined);
  });

  // The body is complete here: a client cannot delay a shutdown by never finishing one.
  fastify.addHook('preValidation', (request, _reply, done) => {
    if (isHealthRoute(request)) return done();
    try {
      work.beginWork(bodyBytes(request));
      request[COUNTED] = true;
      done();
    } catch (error) {
      done(error as Error);
    }
  });

  // Security events of guards and handlers carry this caller from here on.
  fastify.addHook('preHandler', (request, _reply, done) =>
    security.runAsCaller(new RequestCaller(request), done),
  );

  // `onResponse` is not used: it never comes when the caller has disconnected, and a shutdown would wait for it.
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (!request[FOLLOWED]) {
      request[FOLLOWED] = true;
      const { socket } = request.raw;
      const forget = unread.countAnswer(socket, sharesOf(request, limits), bytesOf(payload));
      const left = answers.addAnswer(socket, () => {
        forget();
        end(request, reply);
      });
      reply.raw.once('close', guardListener(left));
    }
    done();
  });

  function end(request: FastifyRequest, reply: FastifyReply): void {
    if (request[COUNTED]) work.endWork(bodyBytes(request));
    const line = {
      msg: `${request.method} ${shownPath(request.url)} ${reply.statusCode}`,
      requestId: request.id,
      userId: request.user?.sub,
      milliseconds: Math.round(reply.elapsedTime),
    };
    // Health checks are frequent: only failed ones are logged at the usual level.
    if (reply.statusCode < 400 && isHealthRoute(request)) logger.debug(line);
    else logger.log(line);
  }
}

function bytesOf(payload: unknown): number {
  if (typeof payload === 'string') return Buffer.byteLength(payload);
  if (payload instanceof Uint8Array) return payload.byteLength;
  return payload === null || payload === undefined ? 0 : STREAM_BYTES;
}

/** The announced size; an upload, which is streamed outside of the heap, counts no more than any other body. */
function bodyBytes({ headers }: FastifyRequest): number {
  const length = headers['content-length'];
  if (length === undefined) return headers['transfer-encoding'] === undefined ? 0 : BODY_LIMIT;
  return Math.min(Number(length), BODY_LIMIT);
}
