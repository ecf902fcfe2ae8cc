import { Forbidden } from '../../../../common/domain/errors/kinds.js';

export class NotMessageAuthorError extends Forbidden {
  readonly code = 'NOT_MESSAGE_AUTHOR';

  constructor() {
    super('This is for the author of the message.');
  }
}
