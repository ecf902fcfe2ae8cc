import { Forbidden } from './kinds.js';

export class PermissionDeniedError extends Forbidden {
  readonly code = 'PERMISSION_DENIED';

  constructor() {
    super('Your token does not carry the permission for this.');
  }
}
