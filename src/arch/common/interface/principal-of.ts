import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Namespace, Socket } from 'socket.io';
import type { Principal } from '../domain/principal.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the JWT guard. */
    user?: Principal;
  }
}

/** Data that the handshake stores in a socket. */
interface SocketData {
  user: Principal;
  issuedAt: Date;
  expiresAt: Date;
}

/** Events that the server emits by itself; events of the modules go to rooms. */
interface ServerEvents {
  ready: (payload: object) => void;
  error: (payload: object) => void;
  session_revoked: (payload: object) => void;
  token_expiring: (payload: object) => void;
}

export type AuthenticatedSocket = Socket<never, ServerEvents, never, SocketData>;
export type AuthenticatedNamespace = Namespace<never, ServerEvents, never, SocketData>;

/** The principal of a request or event; undefined on a public route. */
export function principalOf(context: ExecutionContext): Principal | undefined {
  return context.getType() === 'ws'
    ? context.switchToWs().getClient<AuthenticatedSocket>().data.user
    : context.switchToHttp().getRequest<FastifyRequest>().user;
}
