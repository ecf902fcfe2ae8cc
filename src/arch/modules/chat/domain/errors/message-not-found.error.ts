import { NotFound } from '../../../../common/domain/errors/kinds.js';

export class MessageNotFoundError extends NotFound {
  readonly code = 'MESSAGE_NOT_FOUND';

  constructor() {
    super('There is no such message.');
  }
}
