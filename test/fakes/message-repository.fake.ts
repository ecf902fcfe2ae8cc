import { randomUUIDv7 } from 'node:crypto';
import type {
  MessageRepositoryPort,
  SentMessage,
} from '../../src/arch/modules/chat/application/ports/message-repository.port.js';
import { ClientMessageIdReusedError } from '../../src/arch/modules/chat/domain/errors/client-message-id-reused.error.js';
import { ConversationNotFoundError } from '../../src/arch/modules/chat/domain/errors/conversation-not-found.error.js';
import { MessageNotFoundError } from '../../src/arch/modules/chat/domain/errors/message-not-found.error.js';
import { NotConversationMemberError } from '../../src/arch/modules/chat/domain/errors/not-conversation-member.error.js';
import { PostingRestrictedError } from '../../src/arch/modules/chat/domain/errors/posting-restricted.error.js';
import { SlowModeError } from '../../src/arch/modules/chat/domain/errors/slow-mode.error.js';
import { UserNotReachableError } from '../../src/arch/modules/chat/domain/errors/user-not-reachable.error.js';
import type {
  StoredMessagePage,
  StoredMessageRange,
} from '../../src/arch/modules/chat/domain/models/message-page.model.js';
import type { MessageExtras } from '../../src/arch/modules/chat/domain/models/message-extras.model.js';
import type { ReadMessage } from '../../src/arch/modules/chat/domain/models/read-message.model.js';
import {
  type Message,
  type MessageDraft,
  textAsSent,
} from '../../src/arch/modules/chat/domain/models/message.model.js';
import { requireRightToMentionAll } from '../../src/arch/modules/chat/domain/services/mention.policy.js';
import { toMessage, toReadMessage } from './chat-models.js';
import {
  type ChatState,
  type StoredConversation,
  type StoredMember,
  type StoredMessage,
  toDate,
} from './chat-state.js';

export class MessageRepositoryFake implements MessageRepositoryPort {
  constructor(private readonly state: ChatState) {}

  async create(draft: MessageDraft): Promise<SentMessage> {
    const { conversationId, senderId, content } = draft;
    const conversation = this.state.conversation(conversationId);
    if (this.state.isGone(conversationId, senderId)) throw new ConversationNotFoundError();
    const sender = this.state.member(conversationId, senderId);
    if (!sender) throw new NotConversationMemberError();
    const earlier = this.earlier(draft);
    if (earlier && !earlier.deletedAt && earlier.textAsFirstSent !== textAsSent(draft))
      throw new ClientMessageIdReusedError();
    if (earlier) return { message: toMessage(this.state, earlier, sender.visibleFromSeq), duplicate: true };
    const home = this.state.homeOf(conversation);
    this.requireAllowed(conversation, home, sender);
    const extras = this.toStored(conversation, sender, draft.extras ?? {});
    conversation.activity = Math.max(this.state.now(), conversation.activity);
    conversation.lastSeq += 1;
    conversation.rev += 1;
    sender.lastReadSeq = conversation.lastSeq;
    const stored = {
      id: randomUUIDv7(),
      conversationId,
      senderId,
      content,
      textAsFirstSent: textAsSent(draft),
      clientMessageId: draft.clientMessageId ?? null,
      storedAt: conversation.activity,
      createdAt: toDate(conversation.activity),
      seq: conversation.lastSeq,
      rev: conversation.rev,
      editedAt: null,
      deletedAt: null,
      ...extras,
    };
    this.state.messages.set(conversationId, [...this.state.messagesOf(conversationId), stored]);
    const message = toMessage(this.state, stored);
    const root = this.moveRoot(conversation, message);
    if (!root) return { message, duplicate: false };
    const parent = { conversationId: root.conversationId, rev: root.rev - 1 };
    return { message, duplicate: false, parent, root: toMessage(this.state, root) };
  }

  async findByConversation(
    conversationId: string,
    page: number,
    limit: number,
    visibleFrom: number,
    readerId: string | null = null,
  ): Promise<StoredMessagePage> {
    const visible = this.state.messagesOf(conversationId).filter(({ seq }) => seq >= visibleFrom);
    const newestFirst = visible.toReversed();
    const data = newestFirst.slice((page - 1) * limit, page * limit);
    return {
      data: data.map((message) => toReadMessage(this.state, message, visibleFrom, readerId)),
      total: newestFirst.length,
      rev: this.state.conversations.get(conversationId)?.rev ?? 0,
    };
  }

  async findRange(
    conversationId: string,
    from: number,
    to: number,
    visibleFrom = 1,
    readerId: string | null = null,
  ): Promise<StoredMessageRange> {
    const data = this.state
      .messagesOf(conversationId)
      .filter(({ seq }) => from <= seq && seq <= to)
      .map((message) => toReadMessage(this.state, message, visibleFrom, readerId))
      .toReversed();
    const { lastSeq, rev } = this.state.conversations.get(conversationId) ?? { lastSeq: 0, rev: 0 };
    return { data, rev, lastSeq };
  }

  async findMessage(
    conversationId: string,
    messageId: string,
    visibleFrom: number,
    readerId: string | null = null,
  ): Promise<ReadMessage | null> {
    const found = this.state.messagesOf(conversationId).find(({ id }) => id === messageId);
    return found && found.seq >= visibleFrom ? toReadMessage(this.state, found, visibleFrom, readerId) : null;
  }

  /** After a reply in a thread. */
  private moveRoot({ id, parent }: StoredConversation, reply: Message): StoredMessage | undefined {
    if (!parent) return undefined;
    const { conversationId, seq } = parent;
    const root = this.state.messagesOf(conversationId)[seq - 1];
    if (!root) throw new Error('The message at which the thread has begun is not there.');
    root.rev = this.state.conversation(conversationId).rev += 1;
    const isFirst = reply.seq === 1 && this.state.member(id, root.senderId) !== undefined;
    const followers = [reply.senderId, ...(reply.mentions ?? []), ...(isFirst ? [root.senderId] : [])];
    for (const userId of followers) this.state.follow(id, userId, reply.seq - 1);
    return root;
  }

  private requireAllowed(
    { id, parent }: StoredConversation,
    { id: homeId, posting, slowModeSeconds }: StoredConversation,
    sender: StoredMember,
  ): void {
    const isRestricted = sender.role === 'member';
    if (isRestricted && posting === 'admins') throw new PostingRestrictedError();
    const sent = parent ? this.state.messagesWithThreads(homeId) : this.state.messagesOf(id);
    const times = sent
      .filter(({ senderId }) => senderId === sender.userId)
      .map(({ createdAt }) => +createdAt);
    const wait = Math.max(...times) + slowModeSeconds * 1_000 - Date.now();
    if (isRestricted && slowModeSeconds > 0 && wait > 0)
      throw new SlowModeError(Math.min(wait, slowModeSeconds * 1_000));
    if (this.state.hasBlock(homeId)) throw new UserNotReachableError();
  }

  /** What takes effect of what is sent besides the text. */
  private toStored(
    conversation: StoredConversation,
    { role, visibleFromSeq }: StoredMember,
    { replyToId, mentions = [], mentionsAll, metadata }: MessageExtras,
  ): Pick<StoredMessage, 'replyToSeq' | 'mentions' | 'mentionsAll' | 'metadata'> {
    const visible = this.state.messagesOf(conversation.id).filter(({ seq }) => seq >= visibleFromSeq);
    const target = visible.find(({ id }) => id === replyToId);
    if (replyToId !== undefined && !target) throw new MessageNotFoundError();
    const home = this.state.homeOf(conversation);
    if (mentionsAll) requireRightToMentionAll(role, home);
    const members = mentions.filter((id) => this.state.member(conversation.id, id));
    return {
      ...(target && { replyToSeq: target.seq }),
      ...(members.length > 0 && { mentions: members }),
      ...(mentionsAll && { mentionsAll }),
      ...(metadata && { metadata }),
    };
  }

  private earlier({ conversationId, senderId, clientMessageId }: MessageDraft): StoredMessage | undefined {
    if (clientMessageId === undefined) return undefined;
    return this.state
      .messagesOf(conversationId)
      .find((message) => message.senderId === senderId && message.clientMessageId === clientMessageId);
  }
}
