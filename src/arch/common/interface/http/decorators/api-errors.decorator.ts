import { applyDecorators } from '@nestjs/common';
import { ApiExtension, ApiResponse } from '@nestjs/swagger';
import { errorSchema } from '../dto/error.dto.js';

/** What a route that reads a body can refuse before anything else. */
export const BODY_ERRORS = [
  'VALIDATION_FAILED',
  'MALFORMED_JSON',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
] as const;

/** How a route that needs a token can refuse it. */
export const TOKEN_ERRORS = ['TOKEN_MISSING', 'TOKEN_INVALID', 'TOKEN_EXPIRED', 'SESSION_REVOKED'] as const;

/** What any route but `/health*` can answer: the caller asks too often, or something on our side is wrong. */
export const COMMON_ERRORS = ['RATE_LIMITED', 'INTERNAL', 'UNAVAILABLE', 'SHUTTING_DOWN'] as const;

/** Before each code that an operation of the document names, with its place, until `describeErrors()` writes it out. */
export const ERROR_MARK = 'x-error-';

/**
 * Documents codes that a route can answer; on a controller, codes that all its routes can answer. The document gets a
 * response for each status, with an example for each code, those of the controller first; it cannot be made when there is
 * no error of a code.
 */
export function ApiErrors(...codes: readonly string[]) {
  return applyDecorators(
    ApiResponse({ status: 'default', standardSchema: errorSchema, description: 'An error.' }),
    ...codes.map((code, index) => markError(code, index, codes.length)),
  );
}

function markError(code: string, index: number, count: number): ClassDecorator & MethodDecorator {
  return (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) =>
    ApiExtension(ERROR_MARK + code, descriptor ? index : index - count)(target, key, descriptor) as undefined;
}
