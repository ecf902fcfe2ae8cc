import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { TokenVerifierPort } from '../../../application/ports/token-verifier.port.js';
import { bearerToken } from '../../bearer-token.js';

/** Lets a request with a valid access token through and remembers whom it speaks for. */
@Injectable()
export class JwtAuthGuard implements CanActivate {
  constructor(private readonly tokens: TokenVerifierPort) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { principal } = await this.tokens.verify(bearerToken(request.headers.authorization));
    request.user = principal;
    return true;
  }
}
