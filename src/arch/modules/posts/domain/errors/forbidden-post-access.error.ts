import { Forbidden } from '../../../../common/domain/errors/kinds.js';

export class ForbiddenPostAccessError extends Forbidden {
  readonly code = 'FORBIDDEN_POST_ACCESS';

  constructor() {
    super('This post belongs to somebody else.');
  }
}
