import type { MovedPositionsPort } from '../../src/arch/modules/chat/application/ports/moved-positions.port.js';
import {
  type MovedPositions,
  READS_MAX,
  READS_SLACK,
} from '../../src/arch/modules/chat/domain/models/moved-positions.model.js';
import { isThreadId } from '../../src/arch/modules/chat/domain/models/thread.model.js';
import type { ChatState } from './chat-state.js';

export class MovedPositionsFake implements MovedPositionsPort {
  constructor(private readonly state: ChatState) {}

  async findMoved(conversationId: string, readerId: string, since: number): Promise<MovedPositions> {
    if (isThreadId(conversationId)) return { reads: [], readsTruncated: true };
    const members = this.state.members.get(conversationId);
    if (!members?.has(readerId)) return { reads: [], readsTruncated: false };
    const marks = [...members.values()]
      .flatMap(({ userId, mark }) => (mark ? [{ userId, ...mark }] : []))
      .filter(({ rev }) => rev >= since - READS_SLACK)
      .toSorted((a, b) => b.rev - a.rev);
    const isShown = (userId: string) =>
      userId === readerId || (this.state.showsReading(userId) && this.state.showsReading(readerId));
    const reads = marks.slice(0, READS_MAX).filter(({ userId }) => isShown(userId));
    return {
      reads: reads.map(({ userId, seq }) => ({ userId, lastReadSeq: seq })),
      readsTruncated: marks.length > READS_MAX,
    };
  }
}
