import { DomainError } from './domain.error.js';

export class UnsupportedTransferEncodingError extends DomainError {
  readonly code = 'UNSUPPORTED_TRANSFER_ENCODING';

  constructor() {
    super('The only `Transfer-Encoding` that is understood is chunked.');
  }
}
