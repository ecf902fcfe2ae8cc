import type { ErrorKind } from './error-kind.js';

/** One thing that is wrong: `path` is where in the request (`memberIds.2`), `message` is a sentence. */
export interface ErrorDetail {
  readonly path: string;
  readonly message: string;
}

/**
 * A refusal that the caller can act on; its `message` and `details` are shown to them. An error extends one of the kinds
 * (`kinds.ts`), never this class itself.
 */
export abstract class DomainError extends Error {
  abstract readonly kind: ErrorKind;
  /** What clients switch on: of this class alone, and never renamed. */
  abstract readonly code: string;

  constructor(
    message: string,
    readonly details: readonly ErrorDetail[] = [],
  ) {
    // Nobody reads the stack of an answer, and a flood of refusals would spend its time on them.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = new.target.name;
  }
}
