import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** What the session list shows of a browser's name. */
const USER_AGENT_MAX = 255;

/** From where a request comes: its user agent and address. */
export const CurrentDevice = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const { headers, clientAddress } = context.switchToHttp().getRequest<FastifyRequest>();
  return { userAgent: headers['user-agent']?.slice(0, USER_AGENT_MAX) ?? null, ip: clientAddress };
});
