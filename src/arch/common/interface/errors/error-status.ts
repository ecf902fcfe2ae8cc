import { HttpStatus } from '@nestjs/common';
import type { ErrorKind } from '../../domain/errors/error-kind.js';

/** RFC 6585; Nest has no name for it. */
const REQUEST_HEADER_FIELDS_TOO_LARGE = 431;

/** The status of each kind of errors, the same over HTTP and in socket answers. */
export const ERROR_STATUS = {
  BadRequest: HttpStatus.BAD_REQUEST,
  Unauthorized: HttpStatus.UNAUTHORIZED,
  Forbidden: HttpStatus.FORBIDDEN,
  NotFound: HttpStatus.NOT_FOUND,
  MethodNotAllowed: HttpStatus.METHOD_NOT_ALLOWED,
  RequestTimeout: HttpStatus.REQUEST_TIMEOUT,
  Conflict: HttpStatus.CONFLICT,
  PayloadTooLarge: HttpStatus.PAYLOAD_TOO_LARGE,
  UnsupportedMediaType: HttpStatus.UNSUPPORTED_MEDIA_TYPE,
  ExpectationFailed: HttpStatus.EXPECTATION_FAILED,
  TooManyRequests: HttpStatus.TOO_MANY_REQUESTS,
  HeadersTooLarge: REQUEST_HEADER_FIELDS_TOO_LARGE,
  Internal: HttpStatus.INTERNAL_SERVER_ERROR,
  NotImplemented: HttpStatus.NOT_IMPLEMENTED,
  Unavailable: HttpStatus.SERVICE_UNAVAILABLE,
} as const satisfies Record<ErrorKind, number>;
