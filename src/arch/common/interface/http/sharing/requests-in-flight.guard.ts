import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { TokenVerifierPort } from '../../../application/ports/token-verifier.port.js';
import { UnavailableError } from '../../../domain/errors/unavailable.error.js';
import { CONNECTION_LIMITS } from '../security/connection-limits.js';
import { isHealthRoute } from '../health-route.js';
import { requestClient } from './request-client.js';
import type { UnreadAnswers } from './unread-answers.js';
import { sharesOf } from './unread-shares.js';
import { IN_FLIGHT_LIMITS, RequestsInFlight } from './requests-in-flight.js';

/**
 * Bound to every route behind the throttler, so that no more wait than it lets through. Events of a socket have a
 * queue of their own; whoever supervises the server must always get an answer.
 */
@Injectable()
export class RequestsInFlightGuard implements CanActivate {
  private readonly requests = new RequestsInFlight(IN_FLIGHT_LIMITS);
  private unread: UnreadAnswers | undefined;
  private readonly entered = new WeakMap<FastifyRequest, string>();

  constructor(private readonly tokens: TokenVerifierPort) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (isHealthRoute(request)) return true;
    const client = await requestClient(request, this.tokens);
    await this.requests.enter(client);
    this.entered.set(request, client);
    await this.unread?.taken(sharesOf(request, CONNECTION_LIMITS));
    // Who has hung up meanwhile would have work done for nobody.
    if (request.raw.socket.destroyed) throw new UnavailableError();
    return true;
  }

  /**
   * The place is free when the answer is there, sent or not: who hangs up early does not get more of them. Who leaves
   * too much unread keeps the place without being worked for.
   */
  attach(fastify: FastifyInstance, unread: UnreadAnswers): void {
    this.unread = unread;
    fastify.addHook('onSend', (request, _reply, _payload, done) => {
      const client = this.entered.get(request);
      if (client !== undefined) {
        this.entered.delete(request);
        this.requests.leave(client);
      }
      done();
    });
  }
}
