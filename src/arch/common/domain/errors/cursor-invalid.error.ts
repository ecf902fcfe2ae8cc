import { BadRequest } from './kinds.js';

export class CursorInvalidError extends BadRequest {
  readonly code = 'CURSOR_INVALID';

  constructor(message = 'The cursor is not one that this list gave out.') {
    super(message);
  }
}
