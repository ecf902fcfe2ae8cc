import { DomainError } from '../../../../common/domain/errors/domain.error.js';

export class ClientMessageIdReusedError extends DomainError {
  readonly code = 'CLIENT_MESSAGE_ID_REUSED';

  constructor() {
    super('You have sent another message with this clientMessageId.');
  }
}
