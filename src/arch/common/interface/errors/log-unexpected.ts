import type { Logger } from '@nestjs/common';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';
import { DomainError } from '../../domain/errors/domain.error.js';
import { fromFramework } from './framework-error.js';
import { toErrorPayload } from './error-payload.js';

/** Logs errors of the server with their stack; refusals are the caller's own errors. */
export function logUnexpected(logger: Logger, error: unknown, context: object): void {
  const known = error instanceof DomainError ? error : fromFramework(error);
  if (known instanceof UnavailableError) {
    logger.warn({
      ...context,
      msg: `Unavailable: ${known.cause instanceof Error ? known.cause.message : known.message}`,
    });
  } else if (toErrorPayload(error).code === 'INTERNAL') {
    logger.error({ ...context, err: error, msg: 'Unexpected failure' });
  }
}
