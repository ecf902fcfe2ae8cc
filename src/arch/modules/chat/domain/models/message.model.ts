import { CLIENT_MESSAGE_ID } from '../../../../common/domain/client-message-id.js';
import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import { atPath, refuseFaults, visibleTextFaults } from '../../../../common/domain/texts.js';
import type { MessageDetails } from './message-details.model.js';
import { draftExtras, type MessageExtras } from './message-extras.model.js';
import { canonicalJson } from './metadata.model.js';

/** Maximum code points of a message. */
export const CONTENT_MAX = 4_000;

export interface MessageSender {
  readonly id: string;
  readonly displayName: string;
  readonly avatarUrl: string | null;
}

export interface Message extends MessageDetails {
  readonly id: string;
  readonly conversationId: string;
  readonly senderId: string;
  readonly sender: MessageSender;
  /** Exactly as sent. */
  readonly content: string;
  readonly createdAt: Date;
  /** The position in the conversation: 1, 2, 3 … in commit order. */
  readonly seq: number;
  /** The `rev` of the change that created or last altered the message. */
  readonly rev: number;
  readonly clientMessageId: string | null;
  readonly editedAt: Date | null;
  readonly deletedAt: Date | null;
}

export interface MessageDraft {
  readonly conversationId: string;
  readonly senderId: string;
  readonly content: string;
  readonly clientMessageId?: string | undefined;
  /** Absent for a plain message. */
  readonly extras?: MessageExtras | undefined;
}

/** Checks the rules for a message, whatever its origin. */
export function draftMessage(draft: MessageDraft): MessageDraft {
  refuseFaults(atPath('content', visibleTextFaults(draft.content, CONTENT_MAX)));
  if (draft.clientMessageId !== undefined && !CLIENT_MESSAGE_ID.test(draft.clientMessageId)) {
    throw new ValidationFailedError([
      { path: 'clientMessageId', message: 'must be 1 to 64 of A-Z a-z 0-9 _ -' },
    ]);
  }
  return draft.extras ? { ...draft, extras: draftExtras(draft.extras) } : draft;
}

/** All that is sent, as one text: a repeat has the same. No content has U+0000. */
export function textAsSent({ content, extras }: Pick<MessageDraft, 'content' | 'extras'>): string {
  return extras ? `${content}\0${canonicalJson(extras)}` : content;
}
