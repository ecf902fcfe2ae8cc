import { ConversationNotFoundError } from '../errors/conversation-not-found.error.js';
import { MessageNotFoundError } from '../errors/message-not-found.error.js';
import { TooManyReactionsError } from '../errors/too-many-reactions.error.js';
import type { LockedKind, LockedReactions, TargetMessage } from '../models/locked-reactions.model.js';
import {
  OWN_REACTIONS_MAX,
  REACTION_KINDS_MAX,
  type ReactionChange,
  type ReactionDraft,
} from '../models/reaction.model.js';
import { requireMembership } from './membership.policy.js';
import { requireRightToSay, requireUndeleted } from './message-change.policy.js';
import { requireRightOverOthers } from './role.policy.js';

/** Decides on reactions that are stored together, each on what those before it leave. */
export class ReactionDecisions {
  /** By message, then by key; a kind of which nothing is left keeps its form until the end. */
  private readonly kinds = new Map<string, Map<string, LockedKind>>();
  private readonly own = new Map<string, Map<string, string>>();
  private readonly made = new Map<string, ReactionChange>();

  constructor(private readonly locked: LockedReactions) {}

  /** What is to be stored: one change for each message, user and kind, none where they end as they began. */
  get changes(): readonly ReactionChange[] {
    return [...this.made.values()];
  }

  /** The user's reactions to a message after all decisions, in the order of time. */
  ownOf(messageId: string, userId: string): readonly string[] {
    return [...this.ownKeys(messageId, userId).values()];
  }

  /** The first message that a member sees. */
  visibleFrom(userId: string): number {
    return this.locked.members.get(userId)?.visibleFromSeq ?? Infinity;
  }

  /**
   * Takes back what is not there, and gives what is there already, without a change. To react is to say something; to take
   * back is not.
   * @throws NotConversationMemberError, ConversationNotFoundError, MessageNotFoundError, CannotRemoveReactionError, MessageDeletedError,
   *   PostingRestrictedError, UserNotReachableError, TooManyReactionsError
   */
  decide(draft: ReactionDraft): void {
    const { messageId, actorId, userId, key, added } = draft;
    const actor = this.locked.members.get(actorId);
    const role = requireMembership(actor?.role ?? null);
    if (actor?.visibleFromSeq === null) throw new ConversationNotFoundError();
    const message = this.requireMessage(messageId, actorId);
    if (userId !== actorId) requireRightOverOthers('removeReaction', role);
    requireUndeleted(message);
    const own = this.ownKeys(messageId, userId);
    if (own.has(key) === added) return;
    const kinds = this.kindsOf(message);
    if (added) {
      requireRightToSay(role, this.locked);
      requirePlace(own, kinds, key);
    }
    this.apply(draft, own, kinds);
  }

  private requireMessage(messageId: string, actorId: string): TargetMessage {
    const message = this.locked.messages.get(messageId);
    if (!message || message.seq < this.visibleFrom(actorId)) throw new MessageNotFoundError();
    return message;
  }

  private apply(
    { messageId, actorId, userId, key, emoji: sent, added }: ReactionDraft,
    own: Map<string, string>,
    kinds: Map<string, LockedKind>,
  ): void {
    const { emoji, count } = kinds.get(key) ?? { emoji: sent, count: 0 };
    kinds.set(key, { emoji, count: count + (added ? 1 : -1) });
    if (added) own.set(key, emoji);
    else own.delete(key);
    const place = `${messageId} ${userId} ${key}`;
    if (!this.made.delete(place)) this.made.set(place, { messageId, actorId, userId, key, emoji, added });
  }

  private ownKeys(messageId: string, userId: string): Map<string, string> {
    return remembered(this.own, `${messageId} ${userId}`, () => this.locked.ownOf(messageId, userId));
  }

  private kindsOf({ id, kinds }: TargetMessage): Map<string, LockedKind> {
    return remembered(this.kinds, id, () => kinds);
  }
}

function requirePlace(
  own: ReadonlyMap<string, string>,
  kinds: ReadonlyMap<string, LockedKind>,
  key: string,
): void {
  const used = [...kinds].filter(([, { count }]) => count > 0);
  const isNew = used.every(([kind]) => kind !== key);
  if (own.size >= OWN_REACTIONS_MAX || (isNew && used.length >= REACTION_KINDS_MAX))
    throw new TooManyReactionsError();
}

/** A copy that may be changed, made once. */
function remembered<Value>(
  copies: Map<string, Map<string, Value>>,
  name: string,
  original: () => ReadonlyMap<string, Value>,
): Map<string, Value> {
  const copy = copies.get(name) ?? new Map(original());
  copies.set(name, copy);
  return copy;
}
