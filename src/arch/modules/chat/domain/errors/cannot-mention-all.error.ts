import { Forbidden } from '../../../../common/domain/errors/kinds.js';

export class CannotMentionAllError extends Forbidden {
  readonly code = 'CANNOT_MENTION_ALL';

  constructor() {
    super('Only the owner and the admins mention everybody in a group.');
  }
}
