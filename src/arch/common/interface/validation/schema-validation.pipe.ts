import { StandardSchemaValidationPipe } from '@nestjs/common';
import { ValidationFailedError } from '../../domain/errors/validation-failed.error.js';

/** A client that sends thousands of wrong values learns of the first ones. */
const MAX_DETAILS = 20;
const MAX_MESSAGE = 200;

/** Nest's schema validation, failing in our words: no values, and names of unknown fields only cut short. */
class SchemaValidationPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({
      exceptionFactory: (issues) =>
        new ValidationFailedError(
          issues.slice(0, MAX_DETAILS).map(({ path, message }) => ({
            path: (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
            message: message.slice(0, MAX_MESSAGE),
          })),
        ),
    });
  }

  /** Our schemas are strict: `__proto__` is an unknown field like any other, and refused as one. */
  protected override stripProtoKeys(): void {}
}

export const schemaValidationPipe = new SchemaValidationPipe();
