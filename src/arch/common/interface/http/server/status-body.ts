import type { IncomingMessage } from 'node:http';
import type { DomainError } from '../../../domain/errors/domain.error.js';
import { PayloadTooLargeError } from '../../../domain/errors/payload-too-large.error.js';
import { ValidationFailedError } from '../../../domain/errors/validation-failed.error.js';
import { toErrorPayload } from '../../errors/error-payload.js';
import { errorBody, errorHeaders } from './error-body.js';
import { requestId } from '../security/request-id.js';

interface OwnBody {
  readonly body: string;
  readonly headers: Map<string, string>;
}

/** Our error body for a status that a lower layer sets alone; null for any other status. */
export function statusBody(statusCode: number, request: IncomingMessage): OwnBody | null {
  const error = errorOf(statusCode);
  if (!error) return null;
  const payload = toErrorPayload(error);
  const body = JSON.stringify(errorBody(payload, requestId(request), request.url ?? ''));
  const headers = { ...errorHeaders(payload), 'content-length': String(Buffer.byteLength(body)) };
  return { body, headers: new Map(Object.entries(headers)) };
}

function errorOf(statusCode: number): DomainError | null {
  if (statusCode === 400) return new ValidationFailedError([]);
  return statusCode === 413 ? new PayloadTooLargeError('The body is larger than 1 MiB.') : null;
}
