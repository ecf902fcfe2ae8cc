import { CursorInvalidError } from '../../src/arch/common/domain/errors/cursor-invalid.error.js';
import type {
  MessageReadersPort,
  ReadersRequest,
} from '../../src/arch/modules/chat/application/ports/message-readers.port.js';
import type { ReaderPage } from '../../src/arch/modules/chat/domain/models/reader-page.model.js';
import { isThreadId } from '../../src/arch/modules/chat/domain/models/thread.model.js';
import type { ChatState, StoredMember } from './chat-state.js';

export class MessageReadersFake implements MessageReadersPort {
  constructor(private readonly state: ChatState) {}

  async findReaders({
    conversationId,
    messageId,
    userId: readerId,
    limit,
    cursor,
  }: ReadersRequest): Promise<ReaderPage | null> {
    const start = cursor === undefined ? 0 : Number(/^fake-reader:(\d+)$/.exec(cursor)?.[1]);
    if (Number.isNaN(start)) throw new CursorInvalidError();
    const message = this.state.messagesOf(conversationId).find(({ id }) => id === messageId);
    const reader = this.state.member(conversationId, readerId);
    if (!message || !reader || message.seq < reader.visibleFromSeq) return null;
    const readers = this.readersIn(conversationId).filter(
      ({ userId, lastReadSeq }) =>
        lastReadSeq >= message.seq &&
        (userId === readerId || (this.state.showsReading(userId) && this.state.showsReading(readerId))) &&
        userId !== message.senderId &&
        !this.joinedAfter(conversationId, userId, message.seq),
    );
    const end = start + limit;
    return {
      data: readers.slice(start, end).map(({ userId: id }) => ({ id, ...this.state.profile(id) })),
      count: readers.length,
      nextCursor: readers.length > end ? `fake-reader:${end}` : null,
    };
  }

  /** The members; of a thread only its followers, in the order of following. */
  private readersIn(conversationId: string): StoredMember[] {
    const followers = this.state.followers.get(conversationId);
    if (!isThreadId(conversationId)) return [...(this.state.members.get(conversationId)?.values() ?? [])];
    return [...(followers?.keys() ?? [])].flatMap((id) => this.state.member(conversationId, id) ?? []);
  }

  private joinedAfter(conversationId: string, userId: string, seq: number): boolean {
    const follower = this.state.followers.get(conversationId)?.get(userId);
    if (follower) return follower.afterSeq >= seq;
    return this.state
      .changesOf(conversationId)
      .some(
        ({ kind, subjectId, afterSeq }) => kind === 'member_added' && subjectId === userId && afterSeq >= seq,
      );
  }
}
