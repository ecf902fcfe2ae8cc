import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import { OpenWork } from './common/application/open-work.js';
import type { AppConfig } from './common/infrastructure/config/app-config.js';
import type { ConnectionSettings } from './common/infrastructure/database/connection.js';
import { PinoLogger } from './common/infrastructure/logger/pino-logger.js';
import { createFastifyAdapter, parseJson } from './common/interface/http/fastify.js';
import { GlobalExceptionFilter } from './common/interface/http/global-exception.filter.js';
import { serveOpenApi } from './common/interface/http/openapi.js';
import { addRequestHooks } from './common/interface/http/request-hooks.js';
import { schemaValidationPipe } from './common/interface/validation/schema-validation.pipe.js';
import { SocketIoAdapter } from './common/interface/ws/socket-io.adapter.js';

/** The whole application on a migrated database, ready to listen. */
export async function createApp(
  config: AppConfig,
  connection: ConnectionSettings,
  pino: Logger,
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(config, connection),
    createFastifyAdapter(),
    { bodyParser: false, logger: new PinoLogger(pino), abortOnError: false },
  );
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_: unknown, body: Buffer) =>
    parseJson(body),
  );
  addRequestHooks(fastify, app.get(OpenWork));
  app.useGlobalPipes(schemaValidationPipe);
  app.useGlobalFilters(new GlobalExceptionFilter());
  app.useWebSocketAdapter(new SocketIoAdapter(app));
  serveOpenApi(app);
  return app;
}
