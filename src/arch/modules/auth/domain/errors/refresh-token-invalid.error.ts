import { DomainError } from '../../../../common/domain/errors/domain.error.js';

export class RefreshTokenInvalidError extends DomainError {
  readonly code = 'REFRESH_TOKEN_INVALID';

  constructor() {
    super('The refresh token is not valid; log in again.');
  }
}
