import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Count, CountersPort } from '../../../application/ports/counters.port.js';
import { TokenVerifierPort } from '../../../application/ports/token-verifier.port.js';
import { requireWithin } from '../../../application/require-within.js';
import { DomainError } from '../../../domain/errors/domain.error.js';
import { ReadsByBody } from '../decorators/reads-by-body.decorator.js';
import { isHealthRoute } from '../server/health-route.js';
import { rememberingReflector } from '../server/remembering-reflector.js';
import { verifyRequest } from '../server/verify-request.js';
import { Throttled } from './throttled.decorator.js';
import { ThrottlerLimits } from '../../../application/throttler-limits.js';

/** Bound to every route, before all other guards. One counter for each throttler and client, whatever the route. */
@Injectable()
export class ClientThrottlerGuard implements CanActivate {
  private readonly reflector = rememberingReflector();

  constructor(
    private readonly counters: CountersPort,
    private readonly limits: ThrottlerLimits,
    private readonly tokens: TokenVerifierPort,
  ) {}

  /** Skips socket events, which have their own limits, and health checks, which are always answered. */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (isHealthRoute(request)) return true;
    await requireWithin(this.counters, await this.countersFor(context, request));
    return true;
  }

  private async countersFor(context: ExecutionContext, request: FastifyRequest): Promise<Count[]> {
    const name = this.reflector.getAllAndOverride(Throttled, [context.getHandler(), context.getClass()]);
    const networks = request.clientNetworks;
    if (name === 'files') return this.limits.addressCounts('files', networks);
    if (name === 'login') return this.limits.loginCounts(networks);
    const userId = await this.userId(request);
    const costOf = this.reflector.getAllAndOverride(ReadsByBody, [context.getHandler(), context.getClass()]);
    const byCaller = (throttler: 'global' | 'upload' | 'members' | 'invite' | 'reactions') =>
      userId === null
        ? this.limits.addressCounts(throttler, networks)
        : this.limits.userCounts(throttler, userId, networks);
    if (costOf) return byCaller('global').map((count) => ({ ...count, amount: costOf(request.body) }));
    if (name === undefined) return byCaller('global');
    if (name === 'upload' || name === 'members' || name === 'invite' || name === 'reactions')
      return [...byCaller('global'), ...byCaller(name)];
    // These routes count by address: a client without an account or a token could get any number of tokens for free.
    return [...byCaller('global'), ...this.limits.addressCounts(name, networks)];
  }

  /** The user of a valid token, otherwise null. */
  private async userId(request: FastifyRequest): Promise<string | null> {
    try {
      return (await verifyRequest(request, this.tokens)).principal.sub;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return null;
    }
  }
}
