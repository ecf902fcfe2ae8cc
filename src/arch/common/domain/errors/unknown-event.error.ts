import { NotFound } from './kinds.js';

export class UnknownEventError extends NotFound {
  readonly code = 'UNKNOWN_EVENT';

  /** @param events the names of the known events */
  constructor(events: readonly string[]) {
    super(`There is no such event: there are ${events.join(', ')}.`);
  }
}
