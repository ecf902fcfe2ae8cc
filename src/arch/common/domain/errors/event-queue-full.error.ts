import { DomainError } from './domain.error.js';

export class EventQueueFullError extends DomainError {
  readonly code = 'RATE_LIMITED';

  constructor() {
    super('Too many events of this socket are waiting; slow down.');
  }
}
