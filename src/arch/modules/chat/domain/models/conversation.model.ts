import { atPath, nameFaults, refuseFaults } from '../../../../common/domain/texts.js';
import type { MemberRole } from './conversation-member.model.js';
import type { Message } from './message.model.js';

/** Maximum code points of a title. */
export const TITLE_MAX = 255;
/** Maximum members when a conversation is created, and in total. */
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
  /** The number of the conversation's last change. */
  readonly rev: number;
  readonly memberCount: number;
}

/** Checks the rules for a title, whatever its origin; a conversation may have none. */
export function draftTitle(title: string | null): string | null {
  if (title !== null) refuseFaults(atPath('title', nameFaults(title, TITLE_MAX)));
  return title;
}

/** A conversation as in the list of one member. */
export interface ConversationSummary extends Conversation {
  readonly lastMessage: Message | null;
  readonly me: {
    readonly role: MemberRole;
    readonly joinedAt: Date;
    readonly lastReadSeq: number;
    readonly unreadCount: number;
  };
}
