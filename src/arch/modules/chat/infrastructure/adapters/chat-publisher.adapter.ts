import { Injectable } from '@nestjs/common';
import { DatabaseEpochPort } from '../../../../common/application/ports/database-epoch.port.js';
import { RoomEmitterPort } from '../../../../common/application/ports/room-emitter.port.js';
import { CHAT_NAMESPACE, userRoom } from '../../../../common/domain/rooms.js';
import type { ChatPublisherPort } from '../../application/ports/chat-publisher.port.js';
import type { ConversationMember } from '../../domain/models/conversation-member.model.js';
import type { ConversationSummary } from '../../domain/models/conversation.model.js';
import type { Message } from '../../domain/models/message.model.js';
import { EmittedRevs } from '../live/emitted-revs.js';
import type { Typing } from '../../domain/models/typing.model.js';
import { ReadReceipts } from '../live/read-receipts.js';
import { TypingSignals } from '../live/typing-signals.js';

/**
 * With the read receipts and typing, which keep their own time, the only place that sends to rooms. Emitting is
 * synchronous and handlers call it right after their write, of which one per conversation is in flight: so
 * changes go out in the order of `rev`, and each is handed over once. A `rev` that does not rise was given anew: the database
 * has gone back in time. Everybody starts over then, and nobody is told of what would look like a repeat.
 */
@Injectable()
export class ChatPublisherAdapter implements ChatPublisherPort {
  private readonly emitted = new EmittedRevs();

  constructor(
    private readonly rooms: RoomEmitterPort,
    private readonly receipts: ReadReceipts,
    private readonly signals: TypingSignals,
    private readonly epoch: DatabaseEpochPort,
  ) {
    epoch.onRenewal(() => this.emitted.forget());
  }

  messageSent(message: Message): void {
    const { conversationId, rev } = message;
    if (this.isNext(conversationId, rev))
      this.rooms.emit(CHAT_NAMESPACE, conversationId, 'new_message', message);
  }

  memberAdded(conversationId: string, rev: number, member: ConversationMember): void {
    if (!this.isNext(conversationId, rev)) return;
    this.rooms.emit(CHAT_NAMESPACE, conversationId, 'member_added', { conversationId, rev, member });
  }

  messageRead(conversationId: string, userId: string, lastReadSeq: number): void {
    this.receipts.tell(conversationId, userId, lastReadSeq);
  }

  typing(typing: Typing): void {
    this.signals.tell(typing);
  }

  conversationAdded(userId: string, conversation: ConversationSummary): void {
    this.rooms.emit(CHAT_NAMESPACE, userRoom(userId), 'conversation_added', conversation);
  }

  private isNext(conversationId: string, rev: number): boolean {
    const isNext = this.emitted.advance(conversationId, rev);
    if (!isNext) this.epoch.end();
    return isNext;
  }
}
