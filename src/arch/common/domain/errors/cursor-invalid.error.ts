import { DomainError } from './domain.error.js';

export class CursorInvalidError extends DomainError {
  readonly code = 'CURSOR_INVALID';

  constructor(message = 'The cursor is not one that this list gave out.') {
    super(message);
  }
}
