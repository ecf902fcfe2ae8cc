import type { ErrorKind } from './error-kind.js';

/** One fault of a request: `path` is its place in the request (`memberIds.2`), `message` is a sentence. */
export interface ErrorDetail {
  readonly path: string;
  readonly message: string;
}

/**
 * A refusal that the caller can act on; its `message` and `details` are shown to them. An error extends one of the
 * kinds (`kinds.ts`), never this class itself.
 */
export abstract class DomainError extends Error {
  abstract readonly kind: ErrorKind;
  /** The stable code that clients switch on: used by this class alone, and never renamed. */
  abstract readonly code: string;

  constructor(
    message: string,
    readonly details: readonly ErrorDetail[] = [],
  ) {
    // No code reads the stack of a refusal, and capturing it would cost the time of a flood of refusals.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = new.target.name;
  }
}
