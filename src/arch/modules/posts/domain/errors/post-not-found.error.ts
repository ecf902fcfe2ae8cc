import { NotFound } from '../../../../common/domain/errors/kinds.js';

export class PostNotFoundError extends NotFound {
  readonly code = 'POST_NOT_FOUND';

  constructor() {
    super('There is no such post.');
  }
}
