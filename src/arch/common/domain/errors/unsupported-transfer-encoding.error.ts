import { NotImplemented } from './kinds.js';

export class UnsupportedTransferEncodingError extends NotImplemented {
  readonly code = 'UNSUPPORTED_TRANSFER_ENCODING';

  constructor() {
    super('The only `Transfer-Encoding` that is understood is chunked.');
  }
}
