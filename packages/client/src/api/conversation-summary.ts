import type { Conversation as ListedConversation, Message, Sender } from '../contract.ts';
import type { Pending } from './pending.ts';

/** Sorted by activity, then id; a pending message of one's own counts as activity. Pinned and archived as the server lists them. */
export interface ConversationSummary {
  /** The id of the conversation. */
  readonly id: string;
  /** What kind of conversation it is. */
  readonly type: 'group' | 'direct' | 'thread';
  /** Null where nobody has given it one. */
  readonly title: string | null;
  /** The other one of a direct conversation. */
  readonly other: Sender | null;
  /** The newest message, or one of one's own that is not sent yet. */
  readonly lastMessage: Message | Pending | null;
  /** `seq` of the newest message. */
  readonly lastSeq: number;
  /** `seq` up to which the user has read. */
  readonly lastReadSeq: number;
  /** lastSeq − lastReadSeq (of what is visible), never counted up. */
  readonly unreadCount: number;
  /** How many of the unread messages mention the user. */
  readonly mentionCount: number;
  /** How many members it has. */
  readonly memberCount: number;
  /** What the user is in it. */
  readonly role: 'owner' | 'admin' | 'member';
  /** The text that the user has begun. */
  readonly draft: string | null;
  /** The conversation as the server lists it: settings, `me` with notify, mutedUntil, pinnedAt, archivedAt, … */
  readonly details: ListedConversation;
}
