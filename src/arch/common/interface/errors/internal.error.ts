import { Internal } from '../../domain/errors/kinds.js';

/** Replaces any unexpected error: callers get no details of it. */
export class InternalError extends Internal {
  readonly code = 'INTERNAL';

  constructor() {
    super('Something went wrong on our side.');
  }
}
