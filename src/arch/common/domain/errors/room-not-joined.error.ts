import { DomainError } from './domain.error.js';

export class RoomNotJoinedError extends DomainError {
  readonly code = 'ROOM_NOT_JOINED';

  constructor() {
    super('This socket has not joined the conversation.');
  }
}
