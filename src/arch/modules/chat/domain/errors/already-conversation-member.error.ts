import { DomainError } from '../../../../common/domain/errors/domain.error.js';

export class AlreadyConversationMemberError extends DomainError {
  readonly code = 'ALREADY_CONVERSATION_MEMBER';

  constructor() {
    super('This user is a member of the conversation already.');
  }
}
