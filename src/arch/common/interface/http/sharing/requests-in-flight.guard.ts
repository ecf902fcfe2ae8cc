import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { guardListener } from '../../../application/guard-listener.js';
import { TokenVerifierPort } from '../../../application/ports/token-verifier.port.js';
import { UnavailableError } from '../../../domain/errors/unavailable.error.js';
import { CONNECTION_LIMITS, type ConnectionLimits } from '../security/connection-limits.js';
import { ReadsByBody } from '../decorators/reads-by-body.decorator.js';
import { isHealthRoute } from '../server/health-route.js';
import { rememberingReflector } from '../server/remembering-reflector.js';
import { isEntry, requestAddress, requestClient } from './request-client.js';
import type { UnreadAnswers } from './unread-answers.js';
import { sharesOf } from './unread-shares.js';
import { IN_FLIGHT_LIMITS, RequestsInFlight } from './requests-in-flight.js';

const CLIENT = Symbol('client');
const READER = Symbol('reader');

declare module 'fastify' {
  interface FastifyRequest {
    /** The client that the request occupies a slot of. */
    [CLIENT]: string | undefined;
    /** The address that the request occupies a read slot of. */
    [READER]: string | undefined;
  }
}

/**
 * Limits requests in flight on every route behind the throttler, so that no more wait than it lets through. Events of a
 * socket have their own queue; health checks are always answered.
 */
@Injectable()
export class RequestsInFlightGuard implements CanActivate {
  private readonly reflector = rememberingReflector();
  private readonly requests = new RequestsInFlight(IN_FLIGHT_LIMITS);
  private reads = new RequestsInFlight({ ...IN_FLIGHT_LIMITS, each: CONNECTION_LIMITS.reads });
  private unread: UnreadAnswers | undefined;
  private readRate = CONNECTION_LIMITS.readRate;

  constructor(private readonly tokens: TokenVerifierPort) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (isHealthRoute(request)) return true;
    const client = await requestClient(request, this.tokens);
    await this.requests.enterRequest(client);
    request[CLIENT] = client;
    if (this.unread?.isCrowded) await this.unread.answersTaken(sharesOf(request, CONNECTION_LIMITS));
    // This comes last: a client that leaves answers unread must not occupy a read slot of its address.
    const isRead =
      request.method === 'GET' ||
      this.reflector.getAllAndOverride(ReadsByBody, [context.getHandler(), context.getClass()]);
    if (isRead && !isEntry(request)) {
      await this.enterReads(request);
    }
    // The work for a caller that has disconnected meanwhile would be wasted.
    if (request.raw.socket.destroyed) throw new UnavailableError();
    return true;
  }

  /**
   * A large answer takes time of other requests even when it is computed fast: a client that reads many waits between
   * them.
   */
  private async enterReads(request: FastifyRequest): Promise<void> {
    const address = requestAddress(request);
    await this.reads.enterRequest(address);
    request[READER] = address;
  }

  /**
   * Frees the slots when the answer has been computed, sent or not: a client gains no slots by disconnecting early. A
   * client that leaves too much unread keeps the user's slot without costing work.
   */
  attachTo(fastify: FastifyInstance, unread: UnreadAnswers, { reads, readRate }: ConnectionLimits): void {
    this.unread = unread;
    this.reads = new RequestsInFlight({ ...IN_FLIGHT_LIMITS, each: reads });
    this.readRate = readRate;
    fastify.decorateRequest(CLIENT);
    fastify.decorateRequest(READER);
    fastify.addHook('onSend', (request, _reply, payload, done) => {
      const { [CLIENT]: client, [READER]: reader } = request;
      request[CLIENT] = request[READER] = undefined;
      if (client !== undefined) this.requests.leaveRequest(client);
      if (reader !== undefined) this.leaveReads(reader, payload);
      done();
    });
  }

  private leaveReads(address: string, payload: unknown): void {
    const bytes = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload.length : 0;
    const pause = Math.floor((bytes * 1_000) / this.readRate);
    if (pause === 0) this.reads.leaveRequest(address);
    else
      setTimeout(
        guardListener(() => this.reads.leaveRequest(address)),
        pause,
      ).unref();
  }
}
