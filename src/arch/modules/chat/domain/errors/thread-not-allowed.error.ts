import { Conflict } from '../../../../common/domain/errors/kinds.js';

export class ThreadNotAllowedError extends Conflict {
  readonly code = 'THREAD_NOT_ALLOWED';

  constructor() {
    super('A thread cannot begin there, or has what was asked for in its parent only.');
  }
}
