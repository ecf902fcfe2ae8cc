import { DomainError } from '../../../../common/domain/errors/domain.error.js';

export class ConversationFullError extends DomainError {
  readonly code = 'CONVERSATION_FULL';

  constructor() {
    super('The conversation has as many members as it can have.');
  }
}
