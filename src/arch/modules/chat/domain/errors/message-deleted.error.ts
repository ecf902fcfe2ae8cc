import { Conflict } from '../../../../common/domain/errors/kinds.js';

export class MessageDeletedError extends Conflict {
  readonly code = 'MESSAGE_DELETED';

  constructor() {
    super('The message is deleted.');
  }
}
