import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { guardListener } from '../../../application/guard-listener.js';
import { refuseExpectation, refuseTunnel } from './below-routes.js';
import { answerClientError } from './client-error.js';
import { sendError } from './error-body.js';
import { BoundedRequest } from '../security/bounded-request.js';
import { BODY_LIMIT, CONNECTION_LIMITS, type ConnectionLimits } from '../security/connection-limits.js';
import { requestId } from '../security/request-id.js';
import type { OriginPolicy } from '../security/origin-policy.js';
import { securedResponse } from '../security/secured-response.js';
import { isWebSocketUpgrade } from './websocket-upgrade.js';

/** The same bound as Node's for the request line: the route reports an invalid id, not the router. */
const LONGEST_PARAMETER = 16_384;

/**
 * Fastify with our limits, request ids and security headers, and our error shape also where no route is reached.
 * @param proxies number of proxies in front that append to X-Forwarded-For; with 0 the header is ignored
 */
export function createFastifyAdapter(
  proxies: number,
  origins: OriginPolicy,
  limits: ConnectionLimits = CONNECTION_LIMITS,
): FastifyAdapter {
  const adapter = new FastifyAdapter({
    http: {
      IncomingMessage: BoundedRequest,
      ServerResponse: securedResponse(origins),
      // Our hooks refuse it, in our error shape.
      requireHostHeader: false,
      shouldUpgradeCallback: isWebSocketUpgrade,
      headersTimeout: limits.headersTimeout,
      connectionsCheckingInterval: limits.checkInterval,
      maxHeaderSize: limits.maxHeaderSize,
    },
    // Fastify ignores a plain number here; `hop` 0 is the connection itself.
    trustProxy: proxies > 0 && ((_: string, hop: number) => hop < proxies),
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    requestTimeout: limits.requestTimeout,
    connectionTimeout: limits.idleTimeout,
    keepAliveTimeout: limits.keepAliveTimeout,
    requestIdHeader: false,
    genReqId: requestId,
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      sendError(error, request, reply),
    clientErrorHandler: guardListener(answerClientError, (_error, socket) => void socket.destroy()),
    skipMiddie: true,
    // While the server closes, our hooks refuse requests, in our error shape.
    return503OnClosing: false,
  });
  const { server } = adapter.getInstance();
  server.maxConnections = limits.maxConnections;
  server.on(
    'checkExpectation',
    guardListener(refuseExpectation, ({ socket }) => void socket.destroy()),
  );
  server.on(
    'connect',
    guardListener(refuseTunnel, (_request, socket) => void socket.destroy()),
  );
  return adapter;
}
