import { DomainError } from '../../../../common/domain/errors/domain.error.js';

export class ForbiddenPostAccessError extends DomainError {
  readonly code = 'FORBIDDEN_POST_ACCESS';

  constructor() {
    super('This post belongs to somebody else.');
  }
}
