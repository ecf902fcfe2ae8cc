import type { ErrorCode } from '../contract.ts';
import { CauserieError, type ErrorDetail } from '../errors/causerie-error.ts';

/** Codes by the status of their answer. */
const CODES: Readonly<Record<number, string>> = {
  400: 'VALIDATION_FAILED MALFORMED_JSON CURSOR_INVALID',
  401: 'TOKEN_MISSING TOKEN_INVALID TOKEN_EXPIRED INVALID_CREDENTIALS REFRESH_TOKEN_INVALID REFRESH_TOKEN_REUSED SESSION_REVOKED',
  404: 'ROUTE_NOT_FOUND USER_NOT_FOUND SESSION_NOT_FOUND CONVERSATION_NOT_FOUND MESSAGE_NOT_FOUND MEMBER_NOT_FOUND INVITE_NOT_FOUND UNKNOWN_EVENT',
  409: 'EMAIL_ALREADY_USED ALREADY_CONVERSATION_MEMBER CLIENT_MESSAGE_ID_REUSED IDEMPOTENCY_KEY_REUSED DIRECT_CONVERSATION THREAD_NOT_ALLOWED MESSAGE_DELETED MESSAGE_CHANGED TOO_MANY_PINS TOO_MANY_REACTIONS CONVERSATION_FULL TOO_MANY_INVITES',
  429: 'RATE_LIMITED SLOW_MODE',
  500: 'INTERNAL',
  503: 'UNAVAILABLE SHUTTING_DOWN',
};

function statusOf(code: ErrorCode): number {
  const found = Object.keys(CODES).find((status) => CODES[Number(status)]?.split(' ').includes(code));
  return Number(found ?? 403);
}

/** What the server answers when it refuses. */
export function refuse(
  code: ErrorCode,
  more: { readonly retryAfterMs?: number; readonly details?: readonly ErrorDetail[] } = {},
): never {
  throw refusal(code, more);
}

export function refusal(
  code: ErrorCode,
  more: { readonly retryAfterMs?: number; readonly details?: readonly ErrorDetail[] } = {},
): CauserieError {
  return new CauserieError(code, code, { status: statusOf(code), ...more });
}

/** @param path of the field that is refused */
export function refuseField(path: string, message: string): never {
  return refuse('VALIDATION_FAILED', { details: [{ path, message }] });
}
