import { DomainError } from './domain.error.js';

export class UnknownEventError extends DomainError {
  readonly code = 'UNKNOWN_EVENT';

  /** @param events those that there are */
  constructor(events: readonly string[]) {
    super(`There is no such event: there are ${events.join(', ')}.`);
  }
}
