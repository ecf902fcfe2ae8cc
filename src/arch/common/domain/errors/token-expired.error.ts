import { Unauthorized } from './kinds.js';

export class TokenExpiredError extends Unauthorized {
  readonly code = 'TOKEN_EXPIRED';

  constructor() {
    super('The access token has expired; get a new one from POST /auth/refresh.');
  }
}
