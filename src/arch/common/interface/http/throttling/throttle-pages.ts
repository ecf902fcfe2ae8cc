import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import type { FastifyInstance } from 'fastify';
import { ClientThrottlerGuard } from './client-throttler.guard.js';

/** Throttles the pages at `/` and `/api/docs` like every other route: guards run on controllers only. */
export function throttlePages(fastify: FastifyInstance, throttler: ClientThrottlerGuard): void {
  fastify.addHook('preHandler', async (request, reply) => {
    const { url = '' } = request.routeOptions;
    if (url !== '/' && !url.startsWith('/api/docs')) return;
    // A controller and a method without decorators.
    await throttler.canActivate(
      new ExecutionContextHost([request, reply], ClientThrottlerGuard, throttlePages),
    );
  });
}
