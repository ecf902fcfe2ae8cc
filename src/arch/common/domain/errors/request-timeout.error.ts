import { RequestTimeout } from './kinds.js';

export class RequestTimeoutError extends RequestTimeout {
  readonly code = 'REQUEST_TIMEOUT';

  constructor() {
    super('The request did not come in time.');
  }
}
