import { Conflict } from '../../../../common/domain/errors/kinds.js';

export class ClientMessageIdReusedError extends Conflict {
  readonly code = 'CLIENT_MESSAGE_ID_REUSED';

  constructor() {
    super('You have sent another message with this clientMessageId.');
  }
}
