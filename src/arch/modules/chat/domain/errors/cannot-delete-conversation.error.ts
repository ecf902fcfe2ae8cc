import { Forbidden } from '../../../../common/domain/errors/kinds.js';

export class CannotDeleteConversationError extends Forbidden {
  readonly code = 'CANNOT_DELETE_CONVERSATION';

  constructor() {
    super('Only the owner of a conversation deletes it.');
  }
}
