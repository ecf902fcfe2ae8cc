import { Unauthorized } from './kinds.js';

export class TokenInvalidError extends Unauthorized {
  readonly code = 'TOKEN_INVALID';

  constructor(message = 'The access token is not valid.') {
    super(message);
  }
}
