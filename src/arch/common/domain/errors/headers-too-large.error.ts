import { HeadersTooLarge } from './kinds.js';

export class HeadersTooLargeError extends HeadersTooLarge {
  readonly code = 'HEADERS_TOO_LARGE';

  constructor() {
    super('The request line and the headers are larger than 16 KiB.');
  }
}
