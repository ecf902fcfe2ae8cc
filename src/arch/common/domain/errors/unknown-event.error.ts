import { DomainError } from './domain.error.js';

export class UnknownEventError extends DomainError {
  readonly code = 'UNKNOWN_EVENT';

  constructor() {
    super('There is no such event.');
  }
}
