import { NotFound } from '../../../../common/domain/errors/kinds.js';

export class SessionNotFoundError extends NotFound {
  readonly code = 'SESSION_NOT_FOUND';

  constructor() {
    super('You have no such session.');
  }
}
