import type { ShownMember } from '../models/conversation-member.model.js';
import type { RemovalReason } from '../models/conversation-change.model.js';
import type { ConversationSettings } from '../models/conversation-settings.model.js';
import type { Conversation, ConversationSummary } from '../models/conversation.model.js';
import type { MessageChangeKind, StoredMessageChange } from '../models/message-change.model.js';
import type { Message } from '../models/message.model.js';
import type { OwnMembership } from '../models/own-membership.model.js';
import type { OwnReactions } from '../models/own-reactions.model.js';
import { REACTION_DELTA_MAX, type ReactionDelta } from '../models/reaction.model.js';
import type { StoredReactions } from '../models/stored-reactions.model.js';
import type { ParentPosition } from '../models/thread.model.js';
import type { Typing } from '../models/typing.model.js';
import type { RevPosition } from './rev-order.js';

/** A committed change of a conversation, at the position `rev` of its history. */
interface Change extends RevPosition {
  readonly conversationId: string;
  /**
   * Of a change of a thread, whose members are those of its parent: with it the change reaches nobody who was no member then.
   * No part of what clients get.
   */
  readonly parent?: ParentPosition;
}

interface MessageCreated extends Change {
  readonly kind: 'message_created';
  readonly message: Message;
}

/** A stored message has changed: the event has the whole message in its latest state. */
interface MessageUpdated extends Change {
  readonly kind: 'message_updated';
  readonly change: MessageChangeKind | 'reactions' | 'thread';
  /** Null when several users have reacted. */
  readonly actorId: string | null;
  readonly message: Message;
  /** The reactions that have changed: all of them, or absent when they are too many. */
  readonly delta?: readonly ReactionDelta[];
}

interface MemberRemoved extends Change {
  readonly kind: 'member_removed';
  readonly userId: string;
  readonly actorId: string;
  readonly reason: RemovalReason;
  /** The new owner, if the member was the owner. */
  readonly heirId?: string;
}

/** A member has another role. */
interface MemberUpdated extends Change, ShownMember {
  readonly kind: 'member_updated';
  readonly actorId: string;
}

interface ConversationUpdated extends Change {
  readonly kind: 'conversation_updated';
  readonly actorId: string;
  /** The settings that have changed, with their new values. */
  readonly changed: Partial<ConversationSettings>;
  readonly conversation: Conversation;
}

/** A user is no longer a member of a conversation. */
interface ConversationRemoved {
  readonly kind: 'conversation_removed';
  readonly userId: string;
  readonly conversationId: string;
  readonly reason: Exclude<RemovalReason, 'account_deleted'> | 'deleted';
}

interface MemberAdded extends Change, ShownMember {
  readonly kind: 'member_added';
  /** How the member has joined on its own. */
  readonly via?: 'invite';
}

/** A member has moved its read position. This is no change of the conversation and takes no `rev`. */
export interface MessageRead {
  readonly kind: 'message_read';
  readonly conversationId: string;
  readonly userId: string;
  readonly lastReadSeq: number;
}

/**
 * What a conversation is to one of its members has changed: the membership, whose order `version` gives, the member's own
 * reactions, whose order the `rev` of their messages gives, or both. It takes no `rev`.
 */
export interface MeUpdated {
  readonly kind: 'me_updated';
  readonly conversationId: string;
  readonly userId: string;
  readonly me?: OwnMembership;
  /** Each message once. */
  readonly own?: readonly OwnReactions[];
  /** The socket that has been answered the new state. */
  readonly socketId: string | undefined;
}

export interface TypingSignalled extends Typing {
  readonly kind: 'typing';
}

/** A user has become a member of a conversation; it is shown as in the user's own list. */
interface ConversationAdded {
  readonly kind: 'conversation_added';
  readonly userId: string;
  readonly conversation: ConversationSummary;
}

/** A user has blocked another one, or ended the block; other users do not learn of it. */
interface UserBlocked {
  readonly kind: 'user_blocked';
  /** Who blocks. */
  readonly userId: string;
  readonly blockedId: string;
  readonly isBlocked: boolean;
}

/** All chat events. `interface/ws/dto/chat-events.ts` defines how each one reaches clients. */
export type ChatEvent =
  | MessageCreated
  | MessageUpdated
  | MemberAdded
  | MemberRemoved
  | MemberUpdated
  | MessageRead
  | MeUpdated
  | TypingSignalled
  | ConversationAdded
  | ConversationRemoved
  | ConversationUpdated
  | UserBlocked;

/** The events that have a `rev`. */
export type ChatChangeEvent = Extract<ChatEvent, Change>;

export type ChatEventKind = ChatEvent['kind'];
export type ChatEventOf<Kind extends ChatEventKind> = Extract<ChatEvent, { kind: Kind }>;

/** @param parent of a reply in a thread */
export function messageCreated(message: Message, parent?: ParentPosition): MessageCreated {
  const { conversationId, rev } = message;
  return { kind: 'message_created', conversationId, rev, message, ...(parent && { parent }) };
}

export function messageUpdated(stored: StoredMessageChange): MessageUpdated {
  const { conversationId, rev, kind: change, actorId, message, parent } = stored;
  return {
    kind: 'message_updated',
    conversationId,
    rev,
    change,
    actorId,
    message,
    ...(parent && { parent }),
  };
}

/** A message whose thread has new replies, the newest of them from that user. */
export function threadMoved(root: Message, actorId: string): MessageUpdated {
  const { conversationId, rev } = root;
  return { kind: 'message_updated', conversationId, rev, change: 'thread', actorId, message: root };
}

/** The messages in the order of `rev`, each with what it is to the users whose reactions have changed. */
export function eventsOfReactions(conversationId: string, { reacted, parent }: StoredReactions): ChatEvent[] {
  return reacted.flatMap(({ message, isCurrent, changes, own }) => {
    const delta = changes.map(({ userId, emoji, added }) => ({ userId, emoji, added }));
    const [actorId = null, ...others] = new Set(changes.map((change) => change.actorId));
    const updated: MessageUpdated = {
      kind: 'message_updated',
      conversationId,
      rev: message.rev,
      change: 'reactions',
      actorId: others.length > 0 ? null : actorId,
      message,
      ...(delta.length <= REACTION_DELTA_MAX && { delta }),
      ...(parent && { parent }),
    };
    const ofUsers = own.map(({ userId, ...set }) => ({
      kind: 'me_updated' as const,
      conversationId,
      userId,
      own: [set],
      socketId: undefined,
    }));
    return isCurrent ? [updated, ...ofUsers] : ofUsers;
  });
}
