import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { TokenVerifierPort } from '../../../application/ports/token-verifier.port.js';
import { verifiedPrincipal, verifyRequest } from '../server/verify-request.js';

/** Requires a valid access token and stores its principal in the request. */
@Injectable()
export class JwtAuthGuard implements CanActivate {
  constructor(private readonly tokens: TokenVerifierPort) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const principal = verifiedPrincipal(request);
    if (!principal) return this.verifyCaller(request);
    request.user = principal;
    return true;
  }

  private async verifyCaller(request: FastifyRequest): Promise<boolean> {
    const { principal } = await verifyRequest(request, this.tokens);
    request.user = principal;
    return true;
  }
}
