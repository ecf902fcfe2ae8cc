import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Socket } from 'socket.io';
import type { Principal } from '../domain/principal.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the JWT guard. */
    user?: Principal;
  }
}

/** What the handshake leaves on a socket. */
interface SocketData {
  user: Principal;
  expiresAt: Date;
}

export type AuthenticatedSocket = Socket<never, never, never, SocketData>;

/** Who is calling; undefined on a public route. */
export function principalOf(context: ExecutionContext): Principal | undefined {
  return context.getType() === 'ws'
    ? context.switchToWs().getClient<AuthenticatedSocket>().data.user
    : context.switchToHttp().getRequest<FastifyRequest>().user;
}
