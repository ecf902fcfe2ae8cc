import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import type { ChatPublisherPort } from '../../application/ports/chat-publisher.port.js';
import type { MarkedRead } from '../../application/ports/conversation-member-repository.port.js';
import { selectMarkedRead } from '../statements/mark-read.statement.js';

/** Moves read positions. */
export class ReadPositions {
  private readonly markedRead;

  constructor(
    private readonly database: Database,
    private readonly live: ChatPublisherPort,
  ) {
    this.markedRead = database.prepare(selectMarkedRead);
  }

  async markRead(conversationId: string, userId: string, seq: number): Promise<MarkedRead | null> {
    const { current: epoch } = this.database.epoch;
    try {
      return await this.movePosition(conversationId, userId, seq);
    } catch (error) {
      if (error instanceof UnavailableError && error.outcome) {
        this.emitLater(epoch, conversationId, userId, seq);
      }
      throw error;
    }
  }

  private async movePosition(
    conversationId: string,
    userId: string,
    seq: number,
  ): Promise<MarkedRead | null> {
    const [row] = await this.markedRead({ conversationId, userId, seq });
    if (!row) return null;
    const { lastSeq, lastReadSeq, moved } = row;
    return { lastReadSeq, unreadCount: lastSeq - lastReadSeq, moved };
  }

  /**
   * Runs when the answer was lost. Positions only move forward, so moving again finds out where this one is; in another
   * epoch the result does not show what the member has read.
   * @param epoch epoch of the member's request: the change of epoch may have cut the connection
   */
  private emitLater(epoch: string, conversationId: string, userId: string, seq: number): void {
    let marked: MarkedRead | null = null;
    this.database.recoverCommit({
      isStored: async () => {
        await this.database.readEpoch();
        if (this.database.epoch.current !== epoch) return false;
        marked = await this.movePosition(conversationId, userId, seq);
        return marked !== null;
      },
      publish: () => {
        if (!marked) return;
        const { lastReadSeq } = marked;
        this.live.publish({ kind: 'message_read', conversationId, userId, lastReadSeq });
      },
    });
  }
}
