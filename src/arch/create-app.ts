import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import { version } from './command-line.js';
import { ERRORS } from './error-catalogue.js';
import { SOCKET_EVENTS } from './socket-events.js';
import { InFlightWork } from './common/application/in-flight-work.js';
import { TokenVerifierPort } from './common/application/ports/token-verifier.port.js';
import { SecurityLogPort } from './common/application/ports/security-log.port.js';
import type { AppConfig } from './common/infrastructure/config/app-config.js';
import type { ConnectionSettings } from './common/infrastructure/database/connection.js';
import { PinoLogger } from './common/infrastructure/logger/pino-logger.js';
import { createFastifyAdapter } from './common/interface/http/server/fastify.js';
import { acceptJson } from './common/interface/http/server/accept-json.js';
import { addClientAddress, ClientAddresses } from './common/interface/http/server/client-addresses.js';
import { GlobalExceptionFilter } from './common/interface/http/server/global-exception.filter.js';
import { OpenAnswers } from './common/interface/http/server/open-answers.js';
import { serveOpenApi } from './common/interface/http/pages/openapi.js';
import { refusing } from './common/interface/http/server/refusing.js';
import { addRequestHooks } from './common/interface/http/server/request-hooks.js';
import { allowCors } from './common/interface/http/security/allow-cors.js';
import { type ConnectionLimits, limitsFor } from './common/interface/http/security/connection-limits.js';
import { OriginPolicy } from './common/interface/http/security/origin-policy.js';
import { hostPolicy } from './common/interface/http/security/host-policy.js';
import { requestPolicy } from './common/interface/http/security/request-policy.js';
import { limitUnread } from './common/interface/http/sharing/limit-unread.js';
import { serveHome } from './common/interface/http/pages/serve-home.js';
import { serveWeb } from './common/interface/http/pages/serve-web.js';
import { readWebFiles, type WebFile } from './common/interface/http/pages/web-files.js';
import { RequestsInFlightGuard } from './common/interface/http/sharing/requests-in-flight.guard.js';
import { ClientThrottlerGuard } from './common/interface/http/throttling/client-throttler.guard.js';
import { throttlePages } from './common/interface/http/throttling/throttle-pages.js';
import { servePages } from './common/interface/http/pages/serve-pages.js';
import { schemaValidationPipe } from './common/interface/validation/schema-validation.pipe.js';
import { sendWholeFiles } from './common/interface/http/server/whole-files.js';
import { addVerification } from './common/interface/http/server/verify-request.js';
import { SocketIoAdapter } from './common/interface/ws/socket-io.adapter.js';
import { serveAsyncApi } from './common/interface/ws/document/asyncapi.js';
import { acceptMultipart } from './common/interface/http/multipart/accept-multipart.js';

/** Where the build writes the web client, also for a server that runs from its sources. */
const WEB_FOLDER = fileURLToPath(new URL('../../dist/web', import.meta.url));

/** The whole application on a migrated database, ready to listen. */
export async function createApp(
  config: AppConfig,
  connection: ConnectionSettings,
  pino: Logger,
  limits: ConnectionLimits = limitsFor(config.env.THROTTLE_GLOBAL_LIMIT),
  webFolder: string = WEB_FOLDER,
): Promise<NestFastifyApplication> {
  const origins = new OriginPolicy(
    config.env.CORS_ORIGINS,
    config.env.TRUST_PROXY,
    config.isLocalDevelopment,
  );
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(config, connection),
    createFastifyAdapter(config.env.TRUST_PROXY, origins, limits),
    { bodyParser: false, logger: new PinoLogger(pino), abortOnError: false },
  );
  const fastify = app.getHttpAdapter().getInstance();
  const checkRequest = requestPolicy(hostPolicy(config.isLocalDevelopment, config.env.CORS_ORIGINS));
  fastify.addHook(
    'onRequest',
    refusing(({ raw }) => checkRequest(raw)),
  );
  acceptJson(fastify);
  await acceptMultipart(fastify, config.env.MAX_FILE_SIZE);
  allowCors(fastify, origins);
  addClientAddress(fastify, app.get(ClientAddresses));
  addVerification(fastify);
  const unread = limitUnread(fastify, app.get(TokenVerifierPort), limits);
  const [work, answers, security] = [app.get(InFlightWork), app.get(OpenAnswers), app.get(SecurityLogPort)];
  addRequestHooks(fastify, { work, answers, unread, security }, limits);
  app.get(RequestsInFlightGuard).attachTo(fastify, unread, limits);
  const web = config.env.WEB === 'on' ? readWebFiles(webFolder) : new Map<string, WebFile>();
  throttlePages(fastify, app.get(ClientThrottlerGuard), web);
  if (web.size > 0) serveWeb(fastify, web, config.env.WEB_FRAME_ANCESTORS);
  else serveHome(fastify, { docs: config.servesDocs, examples: !config.isProduction });
  app.useGlobalPipes(schemaValidationPipe);
  app.useGlobalFilters(new GlobalExceptionFilter(app.get(SecurityLogPort)));
  app.useWebSocketAdapter(new SocketIoAdapter(app, origins, checkRequest, limits));
  if (config.servesDocs) {
    sendWholeFiles(fastify, '/api/docs');
    servePages(fastify);
    serveOpenApi(app, ERRORS);
    serveAsyncApi(
      fastify,
      version,
      ERRORS.map(({ code }) => code),
      SOCKET_EVENTS,
    );
  }
  return app;
}
