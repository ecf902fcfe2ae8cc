import { Conflict } from '../../../../common/domain/errors/kinds.js';

export class MessageChangedError extends Conflict {
  readonly code = 'MESSAGE_CHANGED';

  constructor() {
    super('The message has changed meanwhile.');
  }
}
