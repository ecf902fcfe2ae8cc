import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { guardListener } from '../../../application/guard-listener.js';
import type { InFlightWork } from '../../../application/in-flight-work.js';
import type { SecurityLogPort } from '../../../application/ports/security-log.port.js';
import { isHealthRoute } from './health-route.js';
import type { OpenAnswers } from './open-answers.js';
import { RequestCaller } from './request-caller.js';
import { RouteTable } from './route-table.js';
import { BODY_LIMIT, type ConnectionLimits } from '../security/connection-limits.js';
import type { UnreadAnswers } from '../sharing/unread-answers.js';
import { sharesOf } from '../sharing/unread-shares.js';

const logger = new Logger('Http');

/** Of a file that is sent piece by piece, as much waits at a time. */
const STREAM_BYTES = 65_536;

const COUNTED = Symbol('counted');
const FOLLOWED = Symbol('followed');

declare module 'fastify' {
  interface FastifyRequest {
    /** Counts as work under way. */
    [COUNTED]: boolean;
    /** Has an answer whose way to the caller is followed. */
    [FOLLOWED]: boolean;
  }
}

interface Followers {
  readonly work: InFlightWork;
  readonly answers: OpenAnswers;
  readonly unread: UnreadAnswers;
  readonly security: SecurityLogPort;
}

/** What happens around every request: the count of work under way and of unread answers, one line in the log. */
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
    // Before the body is read: an unknown route is unknown whatever it is sent.
    done(request.is404 ? routes.refusalOf(request.url) : undefined);
  });

  // The body is whole here: nobody holds up a shutdown by never finishing one.
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

  // What guards and handlers record from here on names its caller.
  fastify.addHook('preHandler', (request, _reply, done) =>
    security.runAsCaller(new RequestCaller(request), done),
  );

  // Not `onResponse`, which never comes when the caller has hung up: a shutdown would wait for it.
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
      msg: `${request.method} ${request.url.split('?', 1)[0]} ${reply.statusCode}`,
      requestId: request.id,
      userId: request.user?.sub,
      milliseconds: Math.round(reply.elapsedTime),
    };
    // Supervisors ask all the time: what they hear is worth a line when it is bad.
    if (reply.statusCode < 400 && isHealthRoute(request)) logger.debug(line);
    else logger.log(line);
  }
}

function bytesOf(payload: unknown): number {
  if (typeof payload === 'string') return Buffer.byteLength(payload);
  if (payload instanceof Uint8Array) return payload.byteLength;
  return payload === null || payload === undefined ? 0 : STREAM_BYTES;
}

/** As announced; of an upload, which is read piece by piece and lies outside of the heap, no more than of any other. */
function bodyBytes({ headers }: FastifyRequest): number {
  const length = headers['content-length'];
  if (length === undefined) return headers['transfer-encoding'] === undefined ? 0 : BODY_LIMIT;
  return Math.min(Number(length), BODY_LIMIT);
}
