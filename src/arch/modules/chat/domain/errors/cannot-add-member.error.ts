import { DomainError } from '../../../../common/domain/errors/domain.error.js';

export class CannotAddMemberError extends DomainError {
  readonly code = 'CANNOT_ADD_MEMBER';

  constructor() {
    super('Only the owner and the admins of a conversation add members.');
  }
}
