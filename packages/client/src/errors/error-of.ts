import type { Failure } from '../contract.ts';
import type { HttpAnswer } from '../ports.ts';
import { CauserieError, type CauserieErrorCode, isCauserieError } from './causerie-error.ts';

/** The error of an answer; a proxy in between answers without one. */
export function errorOfAnswer(answer: HttpAnswer): CauserieError {
  const { status, body } = answer;
  const seconds = answer.header('retry-after') ?? '';
  const retryAfterMs = /^\d+$/.test(seconds) ? Number(seconds) * 1_000 : undefined;
  const code = codeOfStatus(status);
  return errorOfFailure({
    code,
    message: `HTTP ${status}`,
    retryAfterMs,
    ...(body as object | null),
    statusCode: status,
  });
}

function codeOfStatus(status: number): CauserieErrorCode {
  if (status === 429) return 'RATE_LIMITED';
  return status >= 500 ? 'UNAVAILABLE' : 'PROTOCOL';
}

/** The error of an acknowledgement. */
export function errorOfFailure(
  failure: Omit<Failure, 'code' | 'retryAfterMs'> & {
    readonly code: CauserieErrorCode;
    readonly retryAfterMs?: number | undefined;
  },
): CauserieError {
  return new CauserieError(failure.code, failure.message, { ...failure, status: failure.statusCode });
}

/** An error of a port as an error of this library. */
export function asCauserieError(error: unknown): CauserieError {
  return isCauserieError(error) ? error : new CauserieError('NETWORK', String(error));
}
