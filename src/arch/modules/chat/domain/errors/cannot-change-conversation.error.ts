import { Forbidden } from '../../../../common/domain/errors/kinds.js';

export class CannotChangeConversationError extends Forbidden {
  readonly code = 'CANNOT_CHANGE_CONVERSATION';

  constructor() {
    super('Only the owner and the admins of a conversation change it.');
  }
}
