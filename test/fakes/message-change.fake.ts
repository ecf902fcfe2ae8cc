import { UnavailableError } from '../../src/arch/common/domain/errors/unavailable.error.js';
import type { ChatPublisherPort } from '../../src/arch/modules/chat/application/ports/chat-publisher.port.js';
import type { MessageChangePort } from '../../src/arch/modules/chat/application/ports/message-change.port.js';
import { ConversationNotFoundError } from '../../src/arch/modules/chat/domain/errors/conversation-not-found.error.js';
import { MessageNotFoundError } from '../../src/arch/modules/chat/domain/errors/message-not-found.error.js';
import { isThreadId } from '../../src/arch/modules/chat/domain/models/thread.model.js';
import { messageUpdated } from '../../src/arch/modules/chat/domain/events/chat-event.js';
import {
  type LockedMessage,
  type MessageChange,
  type MessageChangeKind,
  type MessageChangeOf,
  type StoredMessageChange,
  VERSIONS_MAX,
} from '../../src/arch/modules/chat/domain/models/message-change.model.js';
import type { Message } from '../../src/arch/modules/chat/domain/models/message.model.js';
import type { ReadMessage } from '../../src/arch/modules/chat/domain/models/read-message.model.js';
import { shownFrom, withOwnReactionsOf } from '../../src/arch/modules/chat/domain/services/shown-message.js';
import { toConversation, toMessage, toReadMessage } from './chat-models.js';
import { type ChatState, type StoredMessage, toDate } from './chat-state.js';

type Writes = {
  readonly [Kind in MessageChangeKind]: (
    state: ChatState,
    message: StoredMessage,
    actorId: string,
    change: MessageChangeOf<Kind>,
  ) => void;
};

/** What each kind of change does to the message, after its `rev` was taken. */
const WRITES: Writes = {
  edited(state, message, _actorId, { content, keepsEarlier, extras = {} }) {
    const editedAt = toDate(state.now());
    if (keepsEarlier) {
      const earlier = state.versions.get(message.id) ?? [];
      const version = (earlier.at(-1)?.version ?? 0) + 1;
      const { content: before, metadata } = message;
      const kept = { version, content: before, validUntil: editedAt, ...(metadata && { metadata }) };
      state.versions.set(message.id, [...earlier, kept].slice(-VERSIONS_MAX));
    }
    const { mentions: mentionedBefore } = message;
    Object.assign(message, { content, editedAt, ...extras });
    const { mentions, mentionsAll, metadata } = message;
    message.mentions = mentions?.filter((id) => state.member(message.conversationId, id)) ?? [];
    if (message.mentions.length === 0) delete message.mentions;
    if (!mentionsAll) delete message.mentionsAll;
    if (Object.keys(metadata ?? {}).length === 0) delete message.metadata;
    if (!isThreadId(message.conversationId)) return;
    for (const userId of message.mentions ?? [])
      if (!mentionedBefore?.includes(userId)) state.follow(message.conversationId, userId, message.seq - 1);
  },
  deleted(state, message, actorId) {
    state.versions.delete(message.id);
    state.reactions.delete(message.id);
    Object.assign(message, {
      content: '',
      deletedAt: toDate(state.now()),
      deletedBy: actorId,
    });
    for (const detail of [
      'metadata',
      'mentions',
      'mentionsAll',
      'reactions',
      'pinnedAt',
      'pinnedBy',
    ] as const)
      delete message[detail];
  },
  pinned(state, message, actorId) {
    Object.assign(message, { pinnedAt: toDate(state.now()), pinnedBy: actorId });
  },
  unpinned(_state, message) {
    delete message.pinnedAt;
    delete message.pinnedBy;
  },
  thread_opened(state, message, actorId, { threadId }) {
    const { conversationId, id: messageId, seq } = message;
    state.openThread(threadId, actorId, { conversationId, messageId, seq });
  },
};

/** Runs one change after another. */
export class MessageChangeFake implements MessageChangePort {
  /** Whether the answer to the next COMMIT is lost, and whether the transaction was committed nevertheless. */
  losesCommit: 'stored' | 'undone' | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private interrupted: StoredMessageChange | undefined;

  constructor(
    private readonly state: ChatState,
    private readonly live: ChatPublisherPort,
  ) {}

  async change(
    conversationId: string,
    actorId: string,
    messageId: string,
    decide: (found: LockedMessage) => MessageChange | null | Promise<MessageChange | null>,
  ): Promise<ReadMessage> {
    const begin = async () => {
      const found = this.find(conversationId, actorId, messageId);
      const change = await decide(found);
      if (!found.message) throw new MessageNotFoundError();
      return change
        ? withOwnReactionsOf(found.message, this.storeChange(found.message, actorId, change))
        : found.message;
    };
    const changed = this.last.then(begin, begin);
    this.last = changed;
    return shownFrom(await changed, this.visibleFrom(conversationId, actorId));
  }

  /** The database answers again. */
  recover(): void {
    const { interrupted } = this;
    this.interrupted = undefined;
    if (!interrupted) return;
    const { conversationId, rev, message } = interrupted;
    if (this.state.messagesOf(conversationId).some((now) => now.id === message.id && now.rev === rev))
      this.live.publish(messageUpdated(interrupted));
  }

  private find(conversationId: string, actorId: string, messageId: string): LockedMessage {
    const home = this.state.homeOf(this.state.conversation(conversationId));
    if (this.state.isGone(conversationId, actorId)) throw new ConversationNotFoundError();
    const from = this.visibleFrom(conversationId, actorId);
    const stored = this.state.messagesOf(conversationId).find(({ id }) => id === messageId);
    return {
      conversation: toConversation(home),
      actorRole: this.state.member(conversationId, actorId)?.role ?? null,
      message: stored && stored.seq >= from ? toReadMessage(this.state, stored, from, actorId) : null,
      isBlocked: this.state.hasBlock(home.id),
      now: toDate(this.state.now()),
    };
  }

  private visibleFrom(conversationId: string, userId: string): number {
    return this.state.member(conversationId, userId)?.visibleFromSeq ?? Infinity;
  }

  private storeChange(found: Message, actorId: string, change: MessageChange): Message {
    const lost = this.losesCommit;
    this.losesCommit = undefined;
    const rollBack = lost === 'undone' ? this.state.remember() : undefined;
    const stored = this.write(found, actorId, change.kind, change);
    rollBack?.();
    if (lost === 'stored') this.interrupted = stored;
    if (lost) throw new UnavailableError([], 'unknown');
    this.live.publish(messageUpdated(stored));
    return stored.message;
  }

  private write<Kind extends MessageChangeKind>(
    { id, conversationId }: Message,
    actorId: string,
    kind: Kind,
    change: MessageChangeOf<Kind>,
  ): StoredMessageChange {
    const conversation = this.state.conversation(conversationId);
    const message = this.state.messagesOf(conversationId).find((each) => each.id === id);
    if (!message) throw new Error('The message is not there.');
    message.rev = conversation.rev += 1;
    const write: Writes[Kind] = WRITES[kind];
    write(this.state, message, actorId, change);
    return { kind, conversationId, rev: message.rev, actorId, message: toMessage(this.state, message) };
  }
}
