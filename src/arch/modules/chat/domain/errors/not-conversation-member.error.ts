import { Forbidden } from '../../../../common/domain/errors/kinds.js';

export class NotConversationMemberError extends Forbidden {
  readonly code = 'NOT_CONVERSATION_MEMBER';

  constructor() {
    super('You are not a member of this conversation.');
  }
}
