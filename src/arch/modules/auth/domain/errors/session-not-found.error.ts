import { DomainError } from '../../../../common/domain/errors/domain.error.js';

export class SessionNotFoundError extends DomainError {
  readonly code = 'SESSION_NOT_FOUND';

  constructor() {
    super('You have no such session.');
  }
}
