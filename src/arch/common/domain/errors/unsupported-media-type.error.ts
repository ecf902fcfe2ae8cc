import { DomainError } from './domain.error.js';

export class UnsupportedMediaTypeError extends DomainError {
  readonly code = 'UNSUPPORTED_MEDIA_TYPE';

  constructor() {
    super('Send the body as application/json, in UTF-8 and not compressed.');
  }
}
