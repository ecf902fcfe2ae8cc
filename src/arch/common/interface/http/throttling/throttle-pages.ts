import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import type { FastifyInstance } from 'fastify';
import { WEB_PAGES } from '../pages/web-pages.js';
import { ClientThrottlerGuard } from './client-throttler.guard.js';

/** Addresses that no controller serves, or with which they begin. */
const PAGES: ReadonlySet<string> = new Set(['/', ...WEB_PAGES]);
const FOLDERS = ['/api/docs'];

/**
 * Throttles pages and their files like every other route: guards run on controllers only.
 * @param files paths of the web client's files
 */
export function throttlePages(
  fastify: FastifyInstance,
  throttler: ClientThrottlerGuard,
  files: Pick<ReadonlySet<string>, 'has'>,
): void {
  fastify.addHook('preHandler', async (request, reply) => {
    const { url = '' } = request.routeOptions;
    if (!PAGES.has(url) && !files.has(url) && !FOLDERS.some((folder) => url.startsWith(folder))) return;
    // A controller and a method without decorators.
    await throttler.canActivate(
      new ExecutionContextHost([request, reply], ClientThrottlerGuard, throttlePages),
    );
  });
}
