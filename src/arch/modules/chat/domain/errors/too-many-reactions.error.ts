import { Conflict } from '../../../../common/domain/errors/kinds.js';

export class TooManyReactionsError extends Conflict {
  readonly code = 'TOO_MANY_REACTIONS';

  constructor() {
    super('The message has as many kinds of reactions as it can have, or as many of yours.');
  }
}
