import { StandardSchemaValidationPipe } from '@nestjs/common';
import { ValidationFailedError } from '../../domain/errors/validation-failed.error.js';

/** A client that sends thousands of wrong values learns of the first ones. */
const MAX_DETAILS = 20;

/** Nest's schema validation, failing in our words. The messages never quote what was sent. */
export const schemaValidationPipe = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) =>
    new ValidationFailedError(
      issues.slice(0, MAX_DETAILS).map(({ path, message }) => ({
        path: (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
        message,
      })),
    ),
});
