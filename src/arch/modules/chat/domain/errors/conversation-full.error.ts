import { Conflict } from '../../../../common/domain/errors/kinds.js';

export class ConversationFullError extends Conflict {
  readonly code = 'CONVERSATION_FULL';

  constructor() {
    super('The conversation has as many members as it can have.');
  }
}
