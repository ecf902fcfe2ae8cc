import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { guardListener } from '../../application/guard-listener.js';
import type { OpenWork } from '../../application/open-work.js';
import type { SecurityLogPort } from '../../application/ports/security-log.port.js';
import { RouteNotFoundError } from '../../domain/errors/route-not-found.error.js';
import { isHealthRoute } from './health-route.js';
import type { OpenAnswers } from './open-answers.js';
import { RequestCaller } from './request-caller.js';

const logger = new Logger('Http');

/** What happens around every request: the count of work under way, one line in the log. */
export function addRequestHooks(
  fastify: FastifyInstance,
  work: OpenWork,
  answers: OpenAnswers,
  security: SecurityLogPort,
): void {
  const counted = new WeakSet<FastifyRequest>();
  const followed = new WeakSet<FastifyRequest>();

  fastify.addHook('onRequest', (request, reply, done) => {
    if (work.isDraining) void reply.header('connection', 'close');
    // Before the body is read: an unknown route is unknown whatever it is sent.
    done(request.is404 ? new RouteNotFoundError() : undefined);
  });

  // The body is whole here: nobody holds up a shutdown by never finishing one.
  fastify.addHook('preValidation', (request, _reply, done) => {
    if (isHealthRoute(request)) return done();
    try {
      work.begin();
      counted.add(request);
      done();
    } catch (error) {
      done(error as Error);
    }
  });

  // What guards and handlers record from here on names its caller.
  fastify.addHook('preHandler', (request, _reply, done) => security.within(new RequestCaller(request), done));

  // Not `onResponse`, which never comes when the caller has hung up: a shutdown would wait for it.
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    if (!followed.has(request)) {
      followed.add(request);
      reply.raw.once('close', guardListener(answers.add(request.raw.socket, () => ended(request, reply))));
    }
    done();
  });

  function ended(request: FastifyRequest, reply: FastifyReply): void {
    if (counted.delete(request)) work.end();
    logger.log({
      msg: `${request.method} ${request.url.split('?', 1)[0]} ${reply.statusCode}`,
      requestId: request.id,
      userId: request.user?.sub,
      milliseconds: Math.round(reply.elapsedTime),
    });
  }
}
