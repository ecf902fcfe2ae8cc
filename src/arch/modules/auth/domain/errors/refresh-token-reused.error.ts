import { DomainError } from '../../../../common/domain/errors/domain.error.js';

export class RefreshTokenReusedError extends DomainError {
  readonly code = 'REFRESH_TOKEN_REUSED';

  constructor() {
    super('This refresh token was used before, so its session has been ended; log in again.');
  }
}
