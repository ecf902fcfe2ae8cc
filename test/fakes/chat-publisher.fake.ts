import type { ChatPublisherPort } from '../../src/arch/modules/chat/application/ports/chat-publisher.port.js';
import type { ConversationMember } from '../../src/arch/modules/chat/domain/models/conversation-member.model.js';
import type { ConversationSummary } from '../../src/arch/modules/chat/domain/models/conversation.model.js';
import type { Message } from '../../src/arch/modules/chat/domain/models/message.model.js';
import type { Typing } from '../../src/arch/modules/chat/domain/models/typing.model.js';

export type Published =
  | { readonly event: 'messageSent'; readonly message: Message }
  | {
      readonly event: 'memberAdded';
      readonly conversationId: string;
      readonly rev: number;
      readonly member: ConversationMember;
    }
  | MessageRead
  | { readonly event: 'typing'; readonly typing: Typing }
  | {
      readonly event: 'conversationAdded';
      readonly userId: string;
      readonly conversation: ConversationSummary;
    };

interface MessageRead {
  readonly event: 'messageRead';
  readonly conversationId: string;
  readonly userId: string;
  readonly lastReadSeq: number;
}

/** Remembers what was told, in order. Its clock stands still until a second is over. */
export class ChatPublisherFake implements ChatPublisherPort {
  readonly published: Published[] = [];
  /** How often it has found that the database went back in time. */
  epochsEnded = 0;
  private readonly revs = new Map<string, number>();
  /** Of what is told once a second: what was told last in this one, and what will be at its end. */
  private seconds = new Map<string, { readonly told: Published; next?: Published }>();

  messageSent(message: Message): void {
    if (this.rises(message.conversationId, message.rev))
      this.published.push({ event: 'messageSent', message });
  }

  memberAdded(conversationId: string, rev: number, member: ConversationMember): void {
    if (this.rises(conversationId, rev))
      this.published.push({ event: 'memberAdded', conversationId, rev, member });
  }

  messageRead(conversationId: string, userId: string, lastReadSeq: number): void {
    const key = `read ${conversationId} ${userId}`;
    const { told, next = told } = this.seconds.get(key) ?? {};
    if (next?.event === 'messageRead' && next.lastReadSeq >= lastReadSeq) return;
    this.onceASecond(key, { event: 'messageRead', conversationId, userId, lastReadSeq });
  }

  typing(typing: Typing): void {
    this.onceASecond(`typing ${typing.conversationId} ${typing.userId}`, { event: 'typing', typing });
  }

  conversationAdded(userId: string, conversation: ConversationSummary): void {
    this.published.push({ event: 'conversationAdded', userId, conversation });
  }

  endSecond(): void {
    const over = this.seconds;
    this.seconds = new Map();
    for (const [key, { next }] of over) if (next) this.onceASecond(key, next);
  }

  /** Another epoch of the database begins. */
  forget(): void {
    this.revs.clear();
    for (const key of this.seconds.keys()) if (key.startsWith('read')) this.seconds.delete(key);
  }

  private onceASecond(key: string, event: Published): void {
    const second = this.seconds.get(key);
    if (second) {
      second.next = event;
      return;
    }
    this.seconds.set(key, { told: event });
    this.published.push(event);
  }

  private rises(conversationId: string, rev: number): boolean {
    const rises = rev > (this.revs.get(conversationId) ?? 0);
    if (rises) this.revs.set(conversationId, rev);
    else this.epochsEnded += 1;
    return rises;
  }
}
