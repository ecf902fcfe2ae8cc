import { PayloadTooLarge } from './kinds.js';

export class PayloadTooLargeError extends PayloadTooLarge {
  readonly code = 'PAYLOAD_TOO_LARGE';

  constructor(message = 'The body is larger than 100 KiB.') {
    super(message);
  }
}
