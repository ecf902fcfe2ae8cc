import { STATUS_CODES } from 'node:http';
import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { ErrorCode } from '../../../domain/errors/error-code.js';
import { ERROR_STATUS } from '../../errors/error-status.js';
import { errorSchema } from '../dto/error.dto.js';

/** Documents the codes that a route can answer, one response for each status, with an example for each code. */
export function ApiErrors(...codes: readonly ErrorCode[]) {
  const byStatus = Map.groupBy(codes, (code) => ERROR_STATUS[code]);
  return applyDecorators(
    ...[...byStatus].map(([status, group]) =>
      ApiResponse({
        status,
        standardSchema: errorSchema,
        description: group.map((code) => `\`${code}\``).join(', '),
        examples: Object.fromEntries(
          group.map((code) => [code, { summary: code, value: example(status, code) }]),
        ),
      }),
    ),
  );
}

function example(statusCode: number, code: ErrorCode): object {
  return {
    statusCode,
    error: STATUS_CODES[statusCode],
    code,
    message: 'A sentence for people; programs read `code`.',
    requestId: '0199d0a2-6c1e-7000-8000-000000000000',
    timestamp: '2026-01-31T12:00:00.000Z',
    path: '/chat/conversations',
    details:
      code === 'VALIDATION_FAILED' ? [{ path: 'title', message: 'must have 1 to 255 characters' }] : [],
  };
}
