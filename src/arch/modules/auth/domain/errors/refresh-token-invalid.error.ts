import { Unauthorized } from '../../../../common/domain/errors/kinds.js';

export class RefreshTokenInvalidError extends Unauthorized {
  readonly code = 'REFRESH_TOKEN_INVALID';

  constructor() {
    super('The refresh token is not valid; log in again.');
  }
}
