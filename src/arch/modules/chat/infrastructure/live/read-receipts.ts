import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DatabaseEpochPort } from '../../../../common/application/ports/database-epoch.port.js';
import { RoomEmitterPort } from '../../../../common/application/ports/room-emitter.port.js';
import { CHAT_NAMESPACE } from '../../../../common/domain/rooms.js';
import { OnceASecond } from './once-a-second.js';

interface Receipt {
  readonly conversationId: string;
  readonly userId: string;
  readonly lastReadSeq: number;
}

/** Tells rooms how far their members have read: the first position at once, then at most one a second, the furthest. */
@Injectable()
export class ReadReceipts implements OnApplicationShutdown {
  private readonly receipts: OnceASecond<Receipt>;

  constructor(rooms: RoomEmitterPort, epoch: DatabaseEpochPort) {
    this.receipts = new OnceASecond(
      (receipt) => rooms.emit(CHAT_NAMESPACE, receipt.conversationId, 'message_read', receipt),
      (one, last) => one.lastReadSeq > last.lastReadSeq,
    );
    epoch.onRenewal(() => this.receipts.forget());
  }

  get size(): number {
    return this.receipts.size;
  }

  tell(conversationId: string, userId: string, lastReadSeq: number): void {
    this.receipts.tell(`${conversationId} ${userId}`, { conversationId, userId, lastReadSeq });
  }

  onApplicationShutdown(): void {
    this.receipts.forget();
  }
}
