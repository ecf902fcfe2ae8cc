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
  | {
      readonly event: 'messageRead';
      readonly conversationId: string;
      readonly userId: string;
      readonly lastReadSeq: number;
    }
  | { readonly event: 'typing'; readonly typing: Typing }
  | {
      readonly event: 'conversationAdded';
      readonly userId: string;
      readonly conversation: ConversationSummary;
    };

/** Remembers what was published, in order. */
export class ChatPublisherFake implements ChatPublisherPort {
  readonly published: Published[] = [];

  messageSent(message: Message): void {
    this.published.push({ event: 'messageSent', message });
  }

  memberAdded(conversationId: string, rev: number, member: ConversationMember): void {
    this.published.push({ event: 'memberAdded', conversationId, rev, member });
  }

  messageRead(conversationId: string, userId: string, lastReadSeq: number): void {
    this.published.push({ event: 'messageRead', conversationId, userId, lastReadSeq });
  }

  typing(typing: Typing): void {
    this.published.push({ event: 'typing', typing });
  }

  conversationAdded(userId: string, conversation: ConversationSummary): void {
    this.published.push({ event: 'conversationAdded', userId, conversation });
  }
}
