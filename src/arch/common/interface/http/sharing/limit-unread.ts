import type { FastifyInstance, FastifyRequest } from 'fastify';
import { guardListener } from '../../../application/guard-listener.js';
import type { TokenVerifierPort } from '../../../application/ports/token-verifier.port.js';
import { isHealthRoute } from '../server/health-route.js';
import type { ConnectionLimits } from '../security/connection-limits.js';
import { requestClient } from './request-client.js';
import { sharesOf } from './unread-shares.js';
import { UnreadAnswers } from './unread-answers.js';

/**
 * Limits the answers that clients leave unread: a client above the limit gets nothing more computed, and one that reads
 * nothing is cut.
 */
export function limitUnread(
  fastify: FastifyInstance,
  tokens: TokenVerifierPort,
  limits: ConnectionLimits,
): UnreadAnswers {
  const unread = new UnreadAnswers(limits);
  const timer = setInterval(
    guardListener(() => unread.cutSlowReaders()),
    Math.min(limits.checkInterval, limits.unreadTimeout),
  ).unref();
  fastify.addHook('onClose', async () => clearInterval(timer));

  fastify.addHook('onRequest', (request, _reply, done) => {
    if (!unread.isCrowded || isHealthRoute(request)) done();
    else void admit(request, done);
  });

  async function admit(request: FastifyRequest, done: (refusal?: Error) => void): Promise<void> {
    let refusal: Error | undefined;
    try {
      await requestClient(request, tokens);
      await unread.answersTaken(sharesOf(request, limits));
    } catch (error) {
      refusal = error as Error;
    }
    done(refusal);
  }

  return unread;
}
