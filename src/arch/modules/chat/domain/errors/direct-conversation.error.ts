import { Conflict } from '../../../../common/domain/errors/kinds.js';

export class DirectConversationError extends Conflict {
  readonly code = 'DIRECT_CONVERSATION';

  constructor() {
    super('A direct conversation has no members to add or remove, no roles and no settings.');
  }
}
