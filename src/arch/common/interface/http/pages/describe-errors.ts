import { STATUS_CODES } from 'node:http';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { DomainError } from '../../../domain/errors/domain.error.js';
import { toErrorPayload } from '../../errors/error-payload.js';
import { ERROR_MARK } from '../decorators/api-errors.decorator.js';

interface Operation {
  readonly responses: Record<string, object>;
}

const CHALLENGE = {
  'WWW-Authenticate': {
    description: 'That a token is required, and the error of the one that was sent (RFC 6750).',
    schema: { type: 'string' },
  },
};
const RETRY_AFTER = { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } };
const HEADERS: Readonly<Record<number, object>> = { 401: CHALLENGE, 429: RETRY_AFTER, 503: RETRY_AFTER };

/**
 * Expands, in place, the `@ApiErrors` of each operation: a response for each status, with an example for each code.
 * @param errors one of every code
 * @throws Error for a code without an error
 */
export function describeErrors(document: OpenAPIObject, errors: readonly DomainError[]): void {
  const byCode = new Map(errors.map((error) => [error.code, error]));
  const operations = Object.values(document.paths).flatMap(
    (methods) => Object.values(methods) as Operation[],
  );
  for (const operation of operations) {
    delete operation.responses['default'];
    const refusals = takeCodes(operation).map((code) => {
      const error = byCode.get(code);
      if (!error) throw new Error(`@ApiErrors names ${code}, and there is no such error.`);
      return toErrorPayload(error);
    });
    for (const [statusCode, group] of Map.groupBy(refusals, (refusal) => refusal.statusCode)) {
      operation.responses[statusCode] = {
        headers: HEADERS[statusCode] ?? {},
        description: group.map(({ code }) => `\`${code}\``).join(', '),
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/ApiError' },
            examples: Object.fromEntries(
              group.map(({ code, message, details }) => [
                code,
                { summary: code, value: example(statusCode, code, message, details) },
              ]),
            ),
          },
        },
      };
    }
  }
}

/** Removes the codes from an operation's extensions, and returns them in their order. */
function takeCodes(operation: object): string[] {
  const marks = Object.entries(operation).filter(([key]) => key.startsWith(ERROR_MARK));
  for (const [mark] of marks) Reflect.deleteProperty(operation, mark);
  return marks
    .toSorted(([, one], [, other]) => Number(one) - Number(other))
    .map(([mark]) => mark.slice(ERROR_MARK.length));
}

function example(statusCode: number, code: string, message: string, details: readonly object[]): object {
  return {
    statusCode,
    error: STATUS_CODES[statusCode],
    code,
    message,
    requestId: '0199d0a2-6c1e-7000-8000-000000000000',
    timestamp: '2026-01-31T12:00:00.000Z',
    path: '/chat/conversations',
    details,
  };
}
