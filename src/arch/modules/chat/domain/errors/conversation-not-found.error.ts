import { DomainError } from '../../../../common/domain/errors/domain.error.js';

export class ConversationNotFoundError extends DomainError {
  readonly code = 'CONVERSATION_NOT_FOUND';

  constructor() {
    super('There is no such conversation.');
  }
}
