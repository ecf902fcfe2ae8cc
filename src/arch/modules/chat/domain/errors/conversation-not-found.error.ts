import { NotFound } from '../../../../common/domain/errors/kinds.js';

export class ConversationNotFoundError extends NotFound {
  readonly code = 'CONVERSATION_NOT_FOUND';

  constructor() {
    super('There is no such conversation.');
  }
}
