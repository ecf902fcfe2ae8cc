import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Maximum characters of a user agent in the session list. */
const USER_AGENT_MAX = 255;

/** The device of a request: its user agent and address. */
export const CurrentDevice = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const { headers, clientAddress } = context.switchToHttp().getRequest<FastifyRequest>();
  return { userAgent: headers['user-agent']?.slice(0, USER_AGENT_MAX) ?? null, ip: clientAddress };
});
