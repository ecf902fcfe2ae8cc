import { HttpException, NotFoundException } from '@nestjs/common';
import type { DomainError } from '../../domain/errors/domain.error.js';
import { MalformedJsonError } from '../../domain/errors/malformed-json.error.js';
import { PayloadTooLargeError } from '../../domain/errors/payload-too-large.error.js';
import { RouteNotFoundError } from '../../domain/errors/route-not-found.error.js';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';
import { UnsupportedMediaTypeError } from '../../domain/errors/unsupported-media-type.error.js';
import { ValidationFailedError } from '../../domain/errors/validation-failed.error.js';

/**
 * Converts refusals that Fastify and Nest make before our code is reached, by Fastify's code or HTTP status, and
 * temporary errors of the system when a file is opened or written.
 */
export function fromFramework(error: unknown): DomainError | null {
  if (error instanceof NotFoundException) return new RouteNotFoundError();
  // Nest wraps Fastify's 4xx errors in its own.
  if (error instanceof HttpException) return fromFramework(error.cause);
  if (!(error instanceof Error) || !('code' in error)) return null;
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new PayloadTooLargeError();
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new UnsupportedMediaTypeError();
    case 'ECONNRESET': // the caller hung up in the middle of the body
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new MalformedJsonError();
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new ValidationFailedError([{ path: 'url', message: 'The address is not valid.' }]);
    // Files cannot be opened, or written to, until others are closed or there is space again.
    case 'EMFILE':
    case 'ENFILE':
    case 'ENOSPC':
    case 'EDQUOT':
      return Object.assign(new UnavailableError(), { cause: error });
    case 'FST_STATIC_FORBIDDEN_PATH':
      return new RouteNotFoundError();
    default:
      return null;
  }
}
