import { DomainError } from './domain.error.js';

export class IdempotencyKeyReusedError extends DomainError {
  readonly code = 'IDEMPOTENCY_KEY_REUSED';

  constructor() {
    super('You have asked for something else under this key.');
  }
}
