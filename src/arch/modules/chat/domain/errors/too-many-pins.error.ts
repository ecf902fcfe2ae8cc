import { Conflict } from '../../../../common/domain/errors/kinds.js';

export class TooManyPinsError extends Conflict {
  readonly code = 'TOO_MANY_PINS';

  constructor() {
    super('The conversation has as many pinned messages as it may have.');
  }
}
