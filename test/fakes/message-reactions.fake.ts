import { UnavailableError } from '../../src/arch/common/domain/errors/unavailable.error.js';
import type { ChatPublisherPort } from '../../src/arch/modules/chat/application/ports/chat-publisher.port.js';
import type {
  MessageReactionsPort,
  ReactionsRequest,
} from '../../src/arch/modules/chat/application/ports/message-reactions.port.js';
import { eventsOfReactions } from '../../src/arch/modules/chat/domain/events/chat-event.js';
import type {
  LockedReactions,
  ReactingMember,
} from '../../src/arch/modules/chat/domain/models/locked-reactions.model.js';
import {
  REACTION_USERS_SHOWN,
  type ReactionChange,
  type ReactionDraft,
} from '../../src/arch/modules/chat/domain/models/reaction.model.js';
import type { ReactionPage } from '../../src/arch/modules/chat/domain/models/reaction-page.model.js';
import type { ReadMessage } from '../../src/arch/modules/chat/domain/models/read-message.model.js';
import type { StoredReactions } from '../../src/arch/modules/chat/domain/models/stored-reactions.model.js';
import { ReactionDecisions } from '../../src/arch/modules/chat/domain/services/reaction-decisions.js';
import { withReactions } from '../../src/arch/modules/chat/domain/services/with-reactions.js';
import { toMessage } from './chat-models.js';
import { type ChatState, type StoredMessage, toDate } from './chat-state.js';

const place = ({ key, userId }: { readonly key: string; readonly userId: string }) => `${key} ${userId}`;

/** Stores one reaction after another. */
export class MessageReactionsFake implements MessageReactionsPort {
  /** Whether the answer to the next COMMIT is lost, and whether the transaction was committed nevertheless. */
  losesCommit: 'stored' | 'undone' | undefined;
  private interrupted: { readonly conversationId: string; readonly stored: StoredReactions } | undefined;

  constructor(
    private readonly state: ChatState,
    private readonly live: ChatPublisherPort,
  ) {}

  async react(draft: ReactionDraft): Promise<ReadMessage> {
    const { conversationId } = draft;
    const lost = this.losesCommit;
    this.losesCommit = undefined;
    const rollBack = lost === 'undone' ? this.state.remember() : undefined;
    const decisions = new ReactionDecisions(this.locked(conversationId));
    decisions.decide(draft);
    for (const change of decisions.changes) this.write(conversationId, change);
    const messages = this.state
      .messagesOf(conversationId)
      .filter(({ id }) => id === draft.messageId)
      .map((message) => toMessage(this.state, message));
    const stored = withReactions([draft], [undefined], messages, decisions);
    rollBack?.();
    if (lost === 'stored') this.interrupted = { conversationId, stored };
    if (lost) throw new UnavailableError([], 'unknown');
    for (const event of eventsOfReactions(conversationId, stored)) this.live.publish(event);
    const [outcome] = stored.outcomes;
    if (!outcome || 'refusal' in outcome) throw outcome?.refusal;
    return outcome.message;
  }

  async findReactions({
    conversationId,
    messageId,
    visibleFrom,
    key,
    limit,
    cursor,
  }: ReactionsRequest): Promise<ReactionPage | null> {
    const message = this.state.messagesOf(conversationId).find(({ id }) => id === messageId);
    if (!message || message.seq < visibleFrom) return null;
    const rows = (this.state.reactions.get(messageId) ?? [])
      .filter((reaction) => key === undefined || reaction.key === key)
      .toSorted((a, b) => (place(a) < place(b) ? -1 : 1))
      .filter((reaction) => cursor === undefined || place(reaction) > cursor);
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      data: shown.map(({ userId, emoji, createdAt }) => ({
        user: { id: userId, ...this.state.profile(userId) },
        emoji,
        createdAt,
      })),
      nextCursor: last ? place(last) : null,
    };
  }

  /** The database answers again. */
  recover(): void {
    const { interrupted } = this;
    this.interrupted = undefined;
    if (!interrupted) return;
    const { conversationId, stored } = interrupted;
    const reacted = stored.reacted.map((one) => ({ ...one, isCurrent: this.isCurrent(one.message) }));
    for (const event of eventsOfReactions(conversationId, { ...stored, reacted })) this.live.publish(event);
  }

  private isCurrent({ id, conversationId, rev }: ReadMessage): boolean {
    return this.state.messagesOf(conversationId).some((now) => now.id === id && now.rev === rev);
  }

  private locked(conversationId: string): LockedReactions {
    const { id: homeId, type, posting } = this.state.homeOf(this.state.conversation(conversationId));
    const messages = this.state.messagesOf(conversationId);
    return {
      conversation: { type, posting },
      isBlocked: this.state.hasBlock(homeId),
      members: this.membersOf(conversationId),
      messages: new Map(messages.map((message) => [message.id, this.toTarget(message)])),
      ownOf: (messageId, userId) =>
        new Map(
          (this.state.reactions.get(messageId) ?? [])
            .filter((reaction) => reaction.userId === userId)
            .map(({ key, emoji }) => [key, emoji]),
        ),
    };
  }

  private membersOf(conversationId: string): Map<string, ReactingMember> {
    const members = [...(this.state.membersOf(conversationId) ?? [])];
    return new Map(
      members.map(([userId, { role }]) => {
        const { visibleFromSeq = null } = this.state.member(conversationId, userId) ?? {};
        return [userId, { role, visibleFromSeq }];
      }),
    );
  }

  private toTarget({ id, seq, deletedAt }: StoredMessage) {
    const kinds = new Map<string, { emoji: string; count: number }>();
    for (const { key, emoji } of this.state.reactions.get(id) ?? []) {
      kinds.set(key, { emoji, count: (kinds.get(key)?.count ?? 0) + 1 });
    }
    return { id, seq, deletedAt, kinds };
  }

  private write(conversationId: string, { messageId, userId, key, emoji, added }: ReactionChange): void {
    const message = this.state.messagesOf(conversationId).find(({ id }) => id === messageId);
    if (!message) throw new Error('The message is not there.');
    const rows = this.state.reactions.get(messageId) ?? [];
    const left = rows.filter((row) => row.key !== key || row.userId !== userId);
    const now = added ? [...left, { key, userId, emoji, createdAt: toDate(this.state.now()) }] : left;
    this.state.reactions.set(messageId, now);
    message.rev = this.state.conversation(conversationId).rev += 1;
    const kinds = (message.reactions ?? []).map((kind) => kind.emoji);
    const reactions = [...new Set([...kinds, ...now.map((row) => row.emoji)])]
      .map((kind) => now.filter((row) => row.emoji === kind))
      .flatMap((of) =>
        of[0]
          ? [
              {
                emoji: of[0].emoji,
                count: of.length,
                userIds: of.slice(0, REACTION_USERS_SHOWN).map((row) => row.userId),
              },
            ]
          : [],
      );
    if (reactions.length > 0) message.reactions = reactions;
    else delete message.reactions;
  }
}
