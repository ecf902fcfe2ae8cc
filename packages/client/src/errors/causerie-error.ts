import type { ErrorCode } from '../contract.ts';

/** Codes of the server, and those of the client itself. */
export type CauserieErrorCode =
  | ErrorCode
  | 'NETWORK'
  | 'TIMEOUT'
  | 'ABORTED'
  | 'CLOSED'
  | 'PROTOCOL'
  | 'UNSENT_MESSAGES';

/** A field that the server refused. */
export interface ErrorDetail {
  /** Where the field is, such as `title`. */
  readonly path: string;
  /** What is wrong with it, for people. */
  readonly message: string;
}

/** What an error has beside its code and message. */
export interface ErrorFields {
  /** Status of the HTTP answer. */
  readonly status?: number | null | undefined;
  /** The name of the request in the server's log. */
  readonly requestId?: string | null | undefined;
  /** How long the server asks to wait. */
  readonly retryAfterMs?: number | null | undefined;
  /** The fields that were refused. */
  readonly details?: readonly ErrorDetail[] | undefined;
}

/** Two copies of the package in one program share it. */
const brand = Symbol.for('@causerie/client/error');

/** Every failure of this library. Switch on `code`; `message` is for people who develop. */
export class CauserieError extends Error {
  /** What has failed. */
  declare readonly code: CauserieErrorCode;
  /** Status of the HTTP answer; null when there was none. */
  declare readonly status: number | null;
  /** The server's log has it, too. */
  declare readonly requestId: string | null;
  /** How long the server asks to wait. */
  declare readonly retryAfterMs: number | null;
  /** The fields that were refused. */
  declare readonly details: readonly ErrorDetail[];
  /** Two copies of the package understand each other. */
  readonly [brand] = true;

  /** Errors of your own, such as those of a transport, look the same. */
  constructor(code: CauserieErrorCode, message: string = code, fields: ErrorFields = {}) {
    super(message);
    const { status = null, requestId = null, retryAfterMs = null, details = [] } = fields;
    Object.assign(this, { name: 'CauserieError', code, status, requestId, retryAfterMs, details });
  }

  /** Whether the same may succeed later. */
  get retryable(): boolean {
    return isTemporary(this.code);
  }
}

/** Whether the same may succeed later, without any change. */
export function isTemporary(code: CauserieErrorCode): boolean {
  return /^(NETWORK|TIMEOUT|RATE_LIMITED|UNAVAILABLE|SHUTTING_DOWN|INTERNAL|SLOW_MODE)$/.test(code);
}

/** By brand, not `instanceof`: two copies of the package understand each other. Narrows to the codes, when there are some. */
export function isCauserieError<C extends CauserieErrorCode = CauserieErrorCode>(
  error: unknown,
  ...codes: C[]
): error is CauserieError & { readonly code: C } {
  const known = error as { [brand]?: true; code: C } | null | undefined;
  return known?.[brand] === true && (codes.length === 0 || codes.includes(known.code));
}
