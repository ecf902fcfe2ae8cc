import { DomainError, type ErrorDetail } from '../../domain/errors/domain.error.js';
import { MethodNotAllowedError } from '../../domain/errors/method-not-allowed.error.js';
import { TooManyRequests } from '../../domain/errors/kinds.js';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';
import { ERROR_STATUS } from './error-status.js';
import { fromFramework } from './framework-error.js';
import { InternalError } from './internal.error.js';

/** Default `Retry-After` of a refusal in milliseconds. */
const RETRY_AFTER_MS = 1_000;

export interface ErrorPayload {
  readonly statusCode: number;
  readonly code: string;
  readonly message: string;
  readonly details: readonly ErrorDetail[];
  /** The methods of the path; only with 405. */
  readonly allow?: readonly string[];
  /** Milliseconds; only with 429 and 503. */
  readonly retryAfterMs?: number;
  /** Only with 503: the request may have been executed all the same. */
  readonly outcome?: 'unknown';
}

/** The answer to a failure, for any transport. For an unexpected error it contains no details. */
export function toErrorPayload(error: unknown): ErrorPayload {
  const known = error instanceof DomainError ? error : (fromFramework(error) ?? new InternalError());
  const { kind, code, message, details } = known;
  return {
    statusCode: ERROR_STATUS[kind],
    code,
    message,
    details,
    ...(known instanceof MethodNotAllowedError ? { allow: known.allowed } : {}),
    ...(kind === 'TooManyRequests' || kind === 'Unavailable' ? { retryAfterMs: retryAfterMs(known) } : {}),
    ...(known instanceof UnavailableError && known.outcome ? { outcome: known.outcome } : {}),
  };
}

/** A whole number, at least 1: a client that gets 0 retries at once. */
function retryAfterMs(error: DomainError): number {
  const knows = error instanceof TooManyRequests || error instanceof UnavailableError;
  return Math.max(1, Math.ceil((knows ? error.retryAfterMs : undefined) ?? RETRY_AFTER_MS));
}
