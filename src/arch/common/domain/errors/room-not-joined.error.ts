import { Forbidden } from './kinds.js';

export class RoomNotJoinedError extends Forbidden {
  readonly code = 'ROOM_NOT_JOINED';

  constructor() {
    super('This socket has not joined the conversation.');
  }
}
