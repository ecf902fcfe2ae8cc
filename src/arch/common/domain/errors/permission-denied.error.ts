import { DomainError } from './domain.error.js';

export class PermissionDeniedError extends DomainError {
  readonly code = 'PERMISSION_DENIED';

  constructor() {
    super('Your token does not carry the permission for this.');
  }
}
