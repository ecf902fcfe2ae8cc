import type { ErrorCode } from './error-code.js';

/** One thing that is wrong: `path` is where in the request (`memberIds.2`), `message` is a sentence. */
export interface ErrorDetail {
  readonly path: string;
  readonly message: string;
}

/** A refusal that the caller can act on; its `message` and `details` are shown to them. */
export abstract class DomainError extends Error {
  abstract readonly code: ErrorCode;

  constructor(
    message: string,
    readonly details: readonly ErrorDetail[] = [],
  ) {
    super(message);
    this.name = new.target.name;
  }
}
