import { applyDecorators } from '@nestjs/common';
import { ApiExtension, ApiResponse } from '@nestjs/swagger';
import { errorSchema } from '../dto/error.dto.js';

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

/** What any route but `/health*` can answer: the caller asks too often, or something on our side is wrong. */
export const ApiCommonErrors = () => ApiErrors('RATE_LIMITED', 'INTERNAL', 'UNAVAILABLE', 'SHUTTING_DOWN');

/** What a route can answer that reads a body. @param more codes of its own */
export const ApiBodyErrors = (...more: readonly string[]) =>
  ApiErrors('VALIDATION_FAILED', 'MALFORMED_JSON', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', ...more);

/** What a route can answer that reads nothing but its address. @param more codes of its own */
export const ApiAddressErrors = (...more: readonly string[]) => ApiErrors('VALIDATION_FAILED', ...more);

/** What a route can answer that lists by pages with a cursor. @param more codes of its own */
export const ApiPageErrors = (...more: readonly string[]) =>
  ApiErrors('VALIDATION_FAILED', 'CURSOR_INVALID', ...more);

function markError(code: string, index: number, count: number): ClassDecorator & MethodDecorator {
  return (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) =>
    ApiExtension(ERROR_MARK + code, descriptor ? index : index - count)(target, key, descriptor) as undefined;
}
