import { DomainError } from '../../../../common/domain/errors/domain.error.js';

export class PostNotFoundError extends DomainError {
  readonly code = 'POST_NOT_FOUND';

  constructor() {
    super('There is no such post.');
  }
}
