import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { guardListener } from '../../../application/guard-listener.js';
import { TokenVerifierPort } from '../../../application/ports/token-verifier.port.js';
import { UnavailableError } from '../../../domain/errors/unavailable.error.js';
import { CONNECTION_LIMITS, type ConnectionLimits } from '../security/connection-limits.js';
import { isHealthRoute } from '../server/health-route.js';
import { isEntry, requestAddress, requestClient } from './request-client.js';
import type { UnreadAnswers } from './unread-answers.js';
import { sharesOf } from './unread-shares.js';
import { IN_FLIGHT_LIMITS, RequestsInFlight } from './requests-in-flight.js';

const CLIENT = Symbol('client');
const READER = Symbol('reader');

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose place among those that are worked on a request has. */
    [CLIENT]: string | undefined;
    /** The address whose place among the reads it has. */
    [READER]: string | undefined;
  }
}

/**
 * Bound to every route behind the throttler, so that no more wait than it lets through. Events of a socket have a
 * queue of their own; whoever supervises the server must always get an answer.
 */
@Injectable()
export class RequestsInFlightGuard implements CanActivate {
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
    // Last: who leaves answers unread has no place among the reads of the neighbours.
    if (request.method === 'GET' && !isEntry(request)) {
      await this.enterReads(request);
    }
    // Who has hung up meanwhile would have work done for nobody.
    if (request.raw.socket.destroyed) throw new UnavailableError();
    return true;
  }

  /** A large answer takes others' time also when it is computed fast: whoever asks for many waits between them. */
  private async enterReads(request: FastifyRequest): Promise<void> {
    const address = requestAddress(request);
    await this.reads.enterRequest(address);
    request[READER] = address;
  }

  /**
   * The places are free when the answer is there, sent or not: who hangs up early does not get more of them. Who leaves
   * too much unread keeps the place of the user without being worked for.
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
