import { NotFound } from './kinds.js';

export class UnknownEventError extends NotFound {
  readonly code = 'UNKNOWN_EVENT';

  /** @param events those that there are */
  constructor(events: readonly string[]) {
    super(`There is no such event: there are ${events.join(', ')}.`);
  }
}
