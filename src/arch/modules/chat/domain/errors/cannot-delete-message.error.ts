import { Forbidden } from '../../../../common/domain/errors/kinds.js';

export class CannotDeleteMessageError extends Forbidden {
  readonly code = 'CANNOT_DELETE_MESSAGE';

  constructor() {
    super('Only its author, or in a group its owner and the admins, delete a message.');
  }
}
