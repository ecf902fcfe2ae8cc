import { Forbidden } from '../../../../common/domain/errors/kinds.js';

export class EditWindowClosedError extends Forbidden {
  readonly code = 'EDIT_WINDOW_CLOSED';

  constructor() {
    super('The message is too old to be edited.');
  }
}
