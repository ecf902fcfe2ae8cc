import type { Logger } from '@nestjs/common';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';
import { toErrorPayload } from './error-payload.js';

/** Refusals are the caller's business; what is ours to mend goes to the log, with its stack. */
export function logUnexpected(logger: Logger, error: unknown, context: object): void {
  if (error instanceof UnavailableError) {
    logger.warn({
      ...context,
      msg: `Unavailable: ${error.cause instanceof Error ? error.cause.message : error.message}`,
    });
  } else if (toErrorPayload(error).code === 'INTERNAL') {
    logger.error({ ...context, err: error, msg: 'Unexpected failure' });
  }
}
