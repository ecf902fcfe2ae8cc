import { Unauthorized } from './kinds.js';

export class TokenMissingError extends Unauthorized {
  readonly code = 'TOKEN_MISSING';

  constructor() {
    super('An access token is required.');
  }
}
