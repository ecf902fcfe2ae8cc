import { createRequire } from 'node:module';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { DomainError } from '../../../domain/errors/domain.error.js';
import { refineDocument } from './openapi-refinement.js';
import { ERRORS_PAGE, REALTIME_PAGE, SOCKET_PAGE } from './serve-pages.js';

/** Errors that occur before an operation is reached. */
const ANYWHERE =
  'Whatever is asked for can be refused with 400, 404 (`ROUTE_NOT_FOUND`), 405 (`METHOD_NOT_ALLOWED`, with `Allow`), ' +
  '408 (`REQUEST_TIMEOUT`), 417 (`EXPECTATION_FAILED`), 431 (`HEADERS_TOO_LARGE`) and 501 ' +
  '(`UNSUPPORTED_TRANSFER_ENCODING`), in the shape of all other errors.';

const { version } = createRequire(import.meta.url)('../../../../../../package.json') as { version: string };

/** The OpenAPI document, generated from the routes and schemas that serve it. */
function openApiDocument(app: INestApplication, errors: readonly DomainError[]): OpenAPIObject {
  const description = new DocumentBuilder()
    .setTitle('Causerie')
    .setDescription(
      `A self-hosted chat backend. Real time goes over Socket.IO, namespace \`/chat\`, on the same port: ` +
        `[its events](${SOCKET_PAGE}), and [how a client uses it](${REALTIME_PAGE}). ${ANYWHERE} [Every code, and what to do about it](${ERRORS_PAGE}). ` +
        'The ids in the examples are those of the demo data.',
    )
    .setVersion(version)
    .setOpenAPIVersion('3.1.0')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/', 'This server')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .addTag('auth', 'Accounts and logins')
    .addTag('users', 'Profiles and avatars')
    .addTag('posts', 'Public posts and private ones')
    .addTag('chat', `Conversations, members and messages; [the same over a socket](${SOCKET_PAGE})`)
    .addTag('health', 'For supervisors and load balancers')
    .build();
  return refineDocument(
    SwaggerModule.createDocument(app, description, {
      operationIdFactory: (_controller, method) => method,
    }),
    errors,
  );
}

/**
 * Serves the pages at `/api/docs` and the document at `/api/docs-json`.
 * @param errors one of every code
 */
export function serveOpenApi(app: INestApplication, errors: readonly DomainError[]): void {
  SwaggerModule.setup('api/docs', app, () => openApiDocument(app, errors), {
    // An entered token is kept when the page is reloaded.
    swaggerOptions: { persistAuthorization: true },
  });
}
