import { Injectable } from '@nestjs/common';
import { RoomEmitterPort } from '../../../common/application/ports/room-emitter.port.js';
import { CHAT_NAMESPACE, userRoom, WITHOUT_READ_RECEIPTS } from '../../../common/domain/rooms.js';
import { ReadReceiptsPort } from '../../user/application/ports/read-receipts.port.js';

/** Takes connected sockets into the room of those without read receipts, and out of it, when their user changes the setting. */
@Injectable()
export class ReadReceiptChanges {
  constructor(receipts: ReadReceiptsPort, rooms: RoomEmitterPort) {
    receipts.onChange((userId, areOn) => {
      if (areOn) rooms.removeFromRoom(CHAT_NAMESPACE, WITHOUT_READ_RECEIPTS, userRoom(userId));
      else rooms.addToRoom(CHAT_NAMESPACE, WITHOUT_READ_RECEIPTS, userRoom(userId));
    });
  }
}
