import { randomUUIDv7 } from 'node:crypto';
import type {
  MessageRepositoryPort,
  SentMessage,
} from '../../src/arch/modules/chat/application/ports/message-repository.port.js';
import { ClientMessageIdReusedError } from '../../src/arch/modules/chat/domain/errors/client-message-id-reused.error.js';
import { NotConversationMemberError } from '../../src/arch/modules/chat/domain/errors/not-conversation-member.error.js';
import type { StoredMessagePage } from '../../src/arch/modules/chat/domain/models/message-page.model.js';
import type { Message, MessageDraft } from '../../src/arch/modules/chat/domain/models/message.model.js';
import { toMessage } from './chat-models.js';
import { type ChatState, type StoredMessage, toDate } from './chat-state.js';

export class MessageRepositoryFake implements MessageRepositoryPort {
  constructor(private readonly state: ChatState) {}

  async create(draft: MessageDraft): Promise<SentMessage> {
    const { conversationId, senderId, content } = draft;
    const conversation = this.state.conversation(conversationId);
    const sender = this.state.member(conversationId, senderId);
    if (!sender) throw new NotConversationMemberError();
    const earlier = this.earlier(draft);
    if (earlier && earlier.contentAsFirstSent !== content) throw new ClientMessageIdReusedError();
    if (earlier) return { message: toMessage(this.state, earlier), duplicate: true };
    conversation.activity = Math.max(this.state.now(), conversation.activity);
    conversation.lastSeq += 1;
    conversation.rev += 1;
    sender.lastReadSeq = conversation.lastSeq;
    const stored = {
      id: randomUUIDv7(),
      conversationId,
      senderId,
      content,
      contentAsFirstSent: content,
      clientMessageId: draft.clientMessageId ?? null,
      createdAt: toDate(conversation.activity),
      seq: conversation.lastSeq,
      rev: conversation.rev,
      editedAt: null,
      deletedAt: null,
    };
    this.state.messages.set(conversationId, [...this.state.messagesOf(conversationId), stored]);
    return { message: toMessage(this.state, stored), duplicate: false };
  }

  async findByConversation(conversationId: string, page: number, limit: number): Promise<StoredMessagePage> {
    const newestFirst = this.state.messagesOf(conversationId).toReversed();
    const data = newestFirst.slice((page - 1) * limit, page * limit);
    return { data: data.map((message) => toMessage(this.state, message)), total: newestFirst.length };
  }

  async findRange(conversationId: string, from: number, to: number): Promise<Message[]> {
    return this.state
      .messagesOf(conversationId)
      .filter(({ seq }) => from <= seq && seq <= to)
      .map((message) => toMessage(this.state, message))
      .toReversed();
  }

  private earlier({ conversationId, senderId, clientMessageId }: MessageDraft): StoredMessage | undefined {
    if (clientMessageId === undefined) return undefined;
    return this.state
      .messagesOf(conversationId)
      .find((message) => message.senderId === senderId && message.clientMessageId === clientMessageId);
  }
}
