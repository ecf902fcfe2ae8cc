import { atPath, nameFaults, refuseFaults } from '../../../../common/domain/texts.js';
import type { MemberRole } from './conversation-member.model.js';
import type { Message } from './message.model.js';

/** Code points of a title. */
export const TITLE_MAX = 255;
/** Members that can be named when a conversation is created, and those that it can ever have. */
export const NEW_MEMBERS_MAX = 100;
export const MEMBERS_MAX = 5_000;

export interface Conversation {
  readonly id: string;
  readonly createdBy: string;
  readonly title: string | null;
  readonly createdAt: Date;
  /** The last activity: the newest message, or the creation. */
  readonly updatedAt: Date;
  /** The `seq` of the newest message, and so the number of messages; 0 when there are none. */
  readonly lastSeq: number;
  /** How many changes the conversation has seen. */
  readonly rev: number;
  readonly memberCount: number;
}

/** What a title must always be, whichever way it comes; a conversation may have none. */
export function draftTitle(title: string | null): string | null {
  if (title !== null) refuseFaults(atPath('title', nameFaults(title, TITLE_MAX)));
  return title;
}

/** A conversation as the list of one member shows it. */
export interface ConversationSummary extends Conversation {
  readonly lastMessage: Message | null;
  readonly me: {
    readonly role: MemberRole;
    readonly joinedAt: Date;
    readonly lastReadSeq: number;
    readonly unreadCount: number;
  };
}
