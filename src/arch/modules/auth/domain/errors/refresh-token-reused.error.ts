import { Unauthorized } from '../../../../common/domain/errors/kinds.js';

export class RefreshTokenReusedError extends Unauthorized {
  readonly code = 'REFRESH_TOKEN_REUSED';

  constructor() {
    super('This refresh token was used before, so its session has been ended; log in again.');
  }
}
