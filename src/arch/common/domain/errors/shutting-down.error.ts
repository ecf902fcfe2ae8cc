import { DomainError } from './domain.error.js';

export class ShuttingDownError extends DomainError {
  readonly code = 'SHUTTING_DOWN';

  constructor() {
    super('The server is shutting down; try again in a moment.');
  }
}
