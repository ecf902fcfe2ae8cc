import { DomainError } from '../../../../common/domain/errors/domain.error.js';

export class AvatarTypeError extends DomainError {
  readonly code = 'UNSUPPORTED_MEDIA_TYPE';

  constructor() {
    super('An avatar is a JPEG, PNG or WebP image.');
  }
}
