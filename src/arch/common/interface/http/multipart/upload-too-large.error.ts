import { DomainError } from '../../../domain/errors/domain.error.js';

export class UploadTooLargeError extends DomainError {
  readonly code = 'PAYLOAD_TOO_LARGE';

  constructor() {
    super('The upload is larger than this server takes.');
  }
}
