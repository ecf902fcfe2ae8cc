import { Forbidden } from '../../../../common/domain/errors/kinds.js';

export class MemberBannedError extends Forbidden {
  readonly code = 'MEMBER_BANNED';

  constructor() {
    super('The user is banned from the conversation.');
  }
}
