import type { ChangedMember } from '../../src/arch/modules/chat/domain/models/conversation-change.model.js';
import type { ConversationMember } from '../../src/arch/modules/chat/domain/models/conversation-member.model.js';
import type {
  Conversation,
  ConversationSummary,
} from '../../src/arch/modules/chat/domain/models/conversation.model.js';
import {
  type OwnMembership,
  ownMembershipOf,
} from '../../src/arch/modules/chat/domain/models/own-membership.model.js';
import {
  EXCERPT_MAX,
  type ReplyTarget,
  type ThreadSummary,
} from '../../src/arch/modules/chat/domain/models/message-details.model.js';
import type { Message } from '../../src/arch/modules/chat/domain/models/message.model.js';
import type { ReadMessage } from '../../src/arch/modules/chat/domain/models/read-message.model.js';
import { shownFrom } from '../../src/arch/modules/chat/domain/services/shown-message.js';
import {
  asThreadOf,
  type ChatState,
  type StoredConversation,
  type StoredMember,
  type StoredMessage,
  toDate,
} from './chat-state.js';

export function toConversation(conversation: StoredConversation): Conversation {
  const { activity, membersRev: _, isDeleted: __, ...stored } = conversation;
  return { ...stored, updatedAt: toDate(activity) };
}

export function toMember(
  state: ChatState,
  { userId, role, joinedAt, lastReadSeq: position }: StoredMember,
  readerId: string | null,
): ConversationMember {
  const isShown = userId === readerId || (state.showsReading(userId) && state.showsReading(readerId));
  const lastReadSeq = isShown ? position : 0;
  return { userId, role, joinedAt, lastReadSeq, ...state.profile(userId) };
}

/** @param actorId who has changed it */
export function toChangedMember(state: ChatState, member: StoredMember, actorId: string): ChangedMember {
  const { userId, lastReadSeq } = member;
  return {
    member: toMember(state, member, null),
    ...(!state.showsReading(userId) && { hiddenReadSeq: lastReadSeq }),
    seenByActor: toMember(state, member, actorId),
  };
}

/** @param visibleFrom the first message that the reader sees: of an earlier one that it replies to, only the place is shown */
export function toMessage(state: ChatState, message: StoredMessage, visibleFrom = 1): Message {
  const { textAsFirstSent: _, storedAt: __, replyToSeq, ...stored } = message;
  const target = state.messagesOf(message.conversationId).find(({ seq }) => seq === replyToSeq);
  const replyTo = target && toReplyTarget(target);
  const thread = state.threadAt(message.id);
  const sender = { id: stored.senderId, ...state.profile(stored.senderId) };
  const shown = { ...stored, sender, ...(thread && { thread: toThreadSummary(thread) }) };
  return shownFrom(replyTo ? { ...shown, replyTo } : shown, visibleFrom);
}

/** The message with the own reactions of its reader. */
export function toReadMessage(
  state: ChatState,
  message: StoredMessage,
  visibleFrom: number,
  readerId: string | null,
): ReadMessage {
  const own = (state.reactions.get(message.id) ?? []).filter(({ userId }) => userId === readerId);
  const shown = toMessage(state, message, visibleFrom);
  return own.length > 0 ? { ...shown, ownReactions: own.map(({ emoji }) => emoji) } : shown;
}

function toThreadSummary({ id, lastSeq: replyCount, activity }: StoredConversation): ThreadSummary {
  return { id, replyCount, ...(replyCount > 0 && { lastReplyAt: toDate(activity) }) };
}

function toReplyTarget({ id, seq, senderId, content, deletedAt }: StoredMessage): ReplyTarget {
  const excerpt = Array.from(content).slice(0, EXCERPT_MAX).join('');
  return { id, seq, senderId, excerpt, ...(deletedAt && { deletedAt }) };
}

export function toSummary(
  state: ChatState,
  conversation: StoredConversation,
  member: StoredMember,
): ConversationSummary {
  const ofParent = state.conversations.get(conversation.parent?.conversationId ?? '');
  const otherId = state.otherIn(conversation.id, member.userId);
  const last = state.messagesOf(conversation.id).findLast(({ seq }) => seq >= member.visibleFromSeq);
  return {
    ...toConversation(ofParent ? asThreadOf(conversation, ofParent) : conversation),
    other: otherId === null ? null : { id: otherId, ...state.profile(otherId) },
    lastMessage: last ? toMessage(state, last, member.visibleFromSeq) : null,
    me: toOwnMembership(state, conversation, member),
  };
}

/** How many messages the database counts. */
const COUNTED_MAX = 100;

export function toOwnMembership(
  state: ChatState,
  { id, lastSeq }: StoredConversation,
  member: StoredMember,
): OwnMembership {
  const { userId, lastReadSeq, unread, mark: _, ...own } = member;
  const ownReadSeq = unread && lastReadSeq <= unread.atSeq ? unread.fromSeq - 1 : lastReadSeq;
  const known = Math.max(ownReadSeq, own.visibleFromSeq - 1);
  const mentions = state.mentionsOf(id, userId).filter(({ seq }) => seq > known);
  const mentionCount = Math.min(mentions.length, COUNTED_MAX);
  return ownMembershipOf({ ...own, ownReadSeq, mentionCount }, lastSeq);
}
