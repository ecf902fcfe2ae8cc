import { Forbidden } from '../../../../common/domain/errors/kinds.js';

export class CannotPinMessageError extends Forbidden {
  readonly code = 'CANNOT_PIN_MESSAGE';

  constructor() {
    super('Only the owner and the admins of a group pin its messages.');
  }
}
