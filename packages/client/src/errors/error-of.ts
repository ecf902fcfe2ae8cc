import type { Failure } from '../contract.ts';
import type { HttpAnswer } from '../ports.ts';
import { CauserieError, type CauserieErrorCode, isCauserieError } from './causerie-error.ts';

/** The error of an answer; a proxy in between answers without one. */
export function errorOfAnswer(answer: HttpAnswer): CauserieError {
  const { status, body } = answer;
  const said = (body ?? {}) as Partial<Failure> & { readonly requestId?: string };
  const retryAfter = Number(answer.header('retry-after') ?? Number.NaN);
  return new CauserieError(said.code ?? codeOfStatus(status), said.message ?? `HTTP ${status}`, {
    status,
    requestId: said.requestId,
    retryAfterMs: said.retryAfterMs ?? (retryAfter >= 0 ? retryAfter * 1_000 : null),
    details: said.details,
  });
}

function codeOfStatus(status: number): CauserieErrorCode {
  if (status === 429) return 'RATE_LIMITED';
  if (status === 413) return 'PAYLOAD_TOO_LARGE';
  return status >= 500 ? 'UNAVAILABLE' : 'PROTOCOL';
}

/** The error of an acknowledgement. */
export function errorOfFailure(failure: Failure): CauserieError {
  const { code, message, statusCode: status, retryAfterMs, details } = failure;
  return new CauserieError(code, message, { status, retryAfterMs, details });
}

/** An error of a port as an error of this library. */
export function asCauserieError(error: unknown, code: CauserieErrorCode = 'NETWORK'): CauserieError {
  return isCauserieError(error) ? error : new CauserieError(code, String(error));
}
