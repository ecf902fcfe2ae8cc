import { NotFound } from '../../../../common/domain/errors/kinds.js';

export class MemberNotFoundError extends NotFound {
  readonly code = 'MEMBER_NOT_FOUND';

  constructor() {
    super('The user is not a member of the conversation.');
  }
}
