import { Conflict } from '../../../../common/domain/errors/kinds.js';

export class AlreadyConversationMemberError extends Conflict {
  readonly code = 'ALREADY_CONVERSATION_MEMBER';

  constructor() {
    super('This user is a member of the conversation already.');
  }
}
