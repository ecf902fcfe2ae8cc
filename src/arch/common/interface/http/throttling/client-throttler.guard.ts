import { type ExecutionContext, Injectable } from '@nestjs/common';
import {
  InjectThrottlerOptions,
  InjectThrottlerStorage,
  ThrottlerGuard,
  type ThrottlerLimitDetail,
  type ThrottlerModuleOptions,
  type ThrottlerRequest,
  type ThrottlerStorage,
} from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { TokenVerifierPort } from '../../../application/ports/token-verifier.port.js';
import { DomainError } from '../../../domain/errors/domain.error.js';
import { RateLimitedError } from '../../../domain/errors/rate-limited.error.js';
import { rememberingReflector } from '../remembering-reflector.js';
import { verifyRequest } from '../verify-request.js';
import { clientNetwork } from './client-network.js';
import { Throttled } from './throttled.decorator.js';

/** Bound to every route, before all other guards. One counter for each throttler and client, whatever the route. */
@Injectable()
export class ClientThrottlerGuard extends ThrottlerGuard {
  constructor(
    @InjectThrottlerOptions() options: ThrottlerModuleOptions,
    @InjectThrottlerStorage() storage: ThrottlerStorage,
    private readonly tokens: TokenVerifierPort,
  ) {
    super(options, storage, rememberingReflector());
  }

  /** Socket events have limits of their own; whoever supervises the server must always get an answer. */
  protected override async shouldSkip(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const { url = '' } = context.switchToHttp().getRequest<FastifyRequest>().routeOptions;
    return url === '/health' || url.startsWith('/health/');
  }

  protected override async handleRequest(hit: ThrottlerRequest): Promise<boolean> {
    const targets = [hit.context.getHandler(), hit.context.getClass()];
    const extra = this.reflector.getAllAndOverride(Throttled, targets);
    return [extra, 'global'].some((name) => name === hit.throttler.name) ? super.handleRequest(hit) : true;
  }

  protected override async getTracker(request: FastifyRequest): Promise<string> {
    try {
      return `user:${(await verifyRequest(request, this.tokens)).principal.sub}`;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return `address:${clientNetwork(request.ip)}`;
    }
  }

  protected override generateKey(_: ExecutionContext, tracker: string): string {
    return tracker;
  }

  protected override async throwThrottlingException(
    _: ExecutionContext,
    { timeToBlockExpire }: ThrottlerLimitDetail,
  ): Promise<void> {
    throw new RateLimitedError(timeToBlockExpire * 1_000);
  }
}
