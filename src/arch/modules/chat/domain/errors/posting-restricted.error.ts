import { Forbidden } from '../../../../common/domain/errors/kinds.js';

export class PostingRestrictedError extends Forbidden {
  readonly code = 'POSTING_RESTRICTED';

  constructor() {
    super('Only the owner and the admins of this conversation send messages.');
  }
}
