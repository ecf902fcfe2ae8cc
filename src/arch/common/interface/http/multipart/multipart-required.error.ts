import { DomainError } from '../../../domain/errors/domain.error.js';

export class MultipartRequiredError extends DomainError {
  readonly code = 'UNSUPPORTED_MEDIA_TYPE';

  constructor() {
    super('Send the body as multipart/form-data.');
  }
}
