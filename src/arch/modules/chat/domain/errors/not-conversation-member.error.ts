import { DomainError } from '../../../../common/domain/errors/domain.error.js';

export class NotConversationMemberError extends DomainError {
  readonly code = 'NOT_CONVERSATION_MEMBER';

  constructor() {
    super('You are not a member of this conversation.');
  }
}
