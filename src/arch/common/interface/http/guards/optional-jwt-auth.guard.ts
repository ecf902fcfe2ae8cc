import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { TokenVerifierPort } from '../../../application/ports/token-verifier.port.js';
import { DomainError } from '../../../domain/errors/domain.error.js';
import { verifyRequest } from '../server/verify-request.js';

/** Stores the principal of a valid token in the request; an invalid one is ignored. */
@Injectable()
export class OptionalJwtAuthGuard implements CanActivate {
  constructor(private readonly tokens: TokenVerifierPort) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    try {
      request.user = (await verifyRequest(request, this.tokens)).principal;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
    return true;
  }
}
