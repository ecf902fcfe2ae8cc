import type { MessageRead } from '../../domain/events/chat-event.js';
import { OncePerInterval } from '../../../../common/application/once-per-interval.js';

/** Emits read positions: of each member the first one at once, then at most one a second, the furthest. */
export class ReadReceipts {
  private readonly receipts: OncePerInterval<MessageRead>;

  constructor(emit: (event: MessageRead) => void) {
    this.receipts = new OncePerInterval(emit, (one, last) => one.lastReadSeq > last.lastReadSeq);
  }

  get size(): number {
    return this.receipts.size;
  }

  emitReceipt(event: MessageRead): void {
    this.receipts.emitState(`${event.conversationId} ${event.userId}`, event);
  }

  /** Drops a user's waiting positions. */
  withholdReceipts(userId: string): void {
    this.receipts.cancelWaiting((waiting) => waiting.userId === userId);
  }

  /** Drops waiting positions, which belong to one epoch of the database. */
  cancelReceipts(): void {
    this.receipts.cancelAll();
  }
}
