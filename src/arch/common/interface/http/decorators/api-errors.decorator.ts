import { applyDecorators } from '@nestjs/common';
import { ApiExtension, ApiResponse } from '@nestjs/swagger';
import { errorSchema } from '../dto/error.dto.js';

/**
 * Prefix of the extensions that hold an operation's error codes, with their order, until `describeErrors()` expands
 * them.
 */
export const ERROR_MARK = 'x-error-';

/**
 * Documents codes that a route can answer; on a controller, codes that all its routes can answer. The document gets a
 * response for each status, with an example for each code, the controller's first; generating it fails for a code
 * without an error class.
 */
export function ApiErrors(...codes: readonly string[]) {
  return applyDecorators(
    ApiResponse({ status: 'default', standardSchema: errorSchema, description: 'An error.' }),
    ...codes.map((code, index) => markError(code, index, codes.length)),
  );
}

/** Errors of every route except `/health*`: the caller is over a limit, or the server has an error. */
export const ApiCommonErrors = () => ApiErrors('RATE_LIMITED', 'INTERNAL', 'UNAVAILABLE', 'SHUTTING_DOWN');

/**
 * Errors of routes that read a body.
 * @param more codes of the route itself
 */
export const ApiBodyErrors = (...more: readonly string[]) =>
  ApiErrors('VALIDATION_FAILED', 'MALFORMED_JSON', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', ...more);

/**
 * Errors of routes that read only their path and query.
 * @param more codes of the route itself
 */
export const ApiAddressErrors = (...more: readonly string[]) => ApiErrors('VALIDATION_FAILED', ...more);

/**
 * Errors of routes that list by pages with a cursor.
 * @param more codes of the route itself
 */
export const ApiPageErrors = (...more: readonly string[]) =>
  ApiErrors('VALIDATION_FAILED', 'CURSOR_INVALID', ...more);

function markError(code: string, index: number, count: number): ClassDecorator & MethodDecorator {
  return (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) =>
    ApiExtension(ERROR_MARK + code, descriptor ? index : index - count)(target, key, descriptor) as undefined;
}
