import { applyDecorators } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { ApiErrors } from '../decorators/api-errors.decorator.js';

/** Documents that a route creates once for each `Idempotency-Key`, which `KeyedCreations` ensures. */
export function Keyed() {
  return applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'Makes repeating harmless, after a 503 or a lost answer: for 24 hours the same key with the same body gets the answer ' +
        'of the first creation. 1 to 64 printable ASCII characters of your making, new for each creation, ' +
        'bare or as a quoted string (draft-ietf-httpapi-idempotency-key-header).',
      schema: { type: 'string', minLength: 1 },
      example: '"8e03978e-40d5-43e8-bc93-6894a57f9324"',
    }),
    ApiErrors('IDEMPOTENCY_KEY_REUSED'),
  );
}
