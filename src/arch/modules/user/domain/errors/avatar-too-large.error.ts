import { DomainError } from '../../../../common/domain/errors/domain.error.js';

export class AvatarTooLargeError extends DomainError {
  readonly code = 'PAYLOAD_TOO_LARGE';

  constructor() {
    super('The avatar is larger than this server takes.');
  }
}
