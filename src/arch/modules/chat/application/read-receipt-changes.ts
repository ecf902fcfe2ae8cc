import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RoomEmitterPort } from '../../../common/application/ports/room-emitter.port.js';
import { CHAT_NAMESPACE, userRoom, WITHOUT_READ_RECEIPTS } from '../../../common/domain/rooms.js';
import { ReadReceiptsPort } from '../../user/application/ports/read-receipts.port.js';
import { ChatPublisherPort } from './ports/chat-publisher.port.js';

/**
 * Takes connected sockets into the room of those without read receipts, and out of it, when their user changes the
 * setting. Positions of that user that wait to be emitted are dropped.
 */
@Injectable()
export class ReadReceiptChanges implements OnModuleInit {
  constructor(
    private readonly receipts: ReadReceiptsPort,
    private readonly rooms: RoomEmitterPort,
    private readonly live: ChatPublisherPort,
  ) {}

  onModuleInit(): void {
    this.receipts.onChange((userId, areOn) => {
      if (areOn) this.showReceipts(userId);
      else this.hideReceipts(userId);
    });
  }

  private showReceipts(userId: string): void {
    this.rooms.removeFromRoom(CHAT_NAMESPACE, WITHOUT_READ_RECEIPTS, userRoom(userId));
  }

  private hideReceipts(userId: string): void {
    this.rooms.addToRoom(CHAT_NAMESPACE, WITHOUT_READ_RECEIPTS, userRoom(userId));
    this.live.withholdReceipts(userId);
  }
}
