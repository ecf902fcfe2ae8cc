import { Conflict } from './kinds.js';

export class IdempotencyKeyReusedError extends Conflict {
  readonly code = 'IDEMPOTENCY_KEY_REUSED';

  constructor() {
    super('You have asked for something else under this key.');
  }
}
