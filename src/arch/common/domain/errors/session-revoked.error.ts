import { Unauthorized } from './kinds.js';

export class SessionRevokedError extends Unauthorized {
  readonly code = 'SESSION_REVOKED';

  constructor() {
    super('This session has been ended; log in again.');
  }
}
