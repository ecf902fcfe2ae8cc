import { DomainError } from './domain.error.js';

export class OriginNotAllowedError extends DomainError {
  readonly code = 'ORIGIN_NOT_ALLOWED';

  constructor() {
    super('Pages of this origin may not use this server.');
  }
}
