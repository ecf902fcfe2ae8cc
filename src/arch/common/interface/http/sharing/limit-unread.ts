import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { guardListener } from '../../../application/guard-listener.js';
import type { TokenVerifierPort } from '../../../application/ports/token-verifier.port.js';
import { isHealthRoute } from '../health-route.js';
import type { OpenAnswers } from '../open-answers.js';
import type { ConnectionLimits } from '../security/connection-limits.js';
import { requestClient } from './request-client.js';
import { sharesOf } from './unread-shares.js';
import { UnreadAnswers } from './unread-answers.js';

/** Of a file that is sent piece by piece, as much waits at a time. */
const STREAM_BYTES = 65_536;

/** Bounds what clients leave unread: nothing more is computed for who leaves too much, and who takes nothing is cut. */
export function limitUnread(
  fastify: FastifyInstance,
  answers: OpenAnswers,
  tokens: TokenVerifierPort,
  limits: ConnectionLimits,
): UnreadAnswers {
  const unread = new UnreadAnswers(limits);
  const followed = new WeakSet<FastifyRequest>();
  const timer = setInterval(
    guardListener(() => unread.look()),
    Math.min(limits.checkInterval, limits.unreadTimeout),
  ).unref();
  fastify.addHook('onClose', async () => clearInterval(timer));

  fastify.addHook('onRequest', async (request) => {
    if (!unread.isCrowded || isHealthRoute(request)) return;
    await requestClient(request, tokens);
    await unread.taken(sharesOf(request, limits));
  });

  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (!followed.has(request)) {
      followed.add(request);
      const connection: Socket = request.raw.socket;
      const left = unread.count(connection, sharesOf(request, limits), bytesOf(payload));
      reply.raw.once('close', guardListener(answers.add(connection, left)));
    }
    done();
  });

  return unread;
}

function bytesOf(payload: unknown): number {
  if (typeof payload === 'string') return Buffer.byteLength(payload);
  if (payload instanceof Uint8Array) return payload.byteLength;
  return payload === null || payload === undefined ? 0 : STREAM_BYTES;
}
