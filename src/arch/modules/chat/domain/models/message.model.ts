import { CLIENT_MESSAGE_ID } from '../../../../common/domain/client-message-id.js';
import { codePoints } from '../../../../common/domain/code-points.js';
import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';

/** Code points of a message. */
export const CONTENT_MAX = 4_000;

export interface Message {
  readonly id: string;
  readonly conversationId: string;
  readonly senderId: string;
  readonly sender: { readonly id: string; readonly displayName: string; readonly avatarUrl: string | null };
  /** Exactly as sent. */
  readonly content: string;
  readonly createdAt: Date;
  /** The place in the conversation: 1, 2, 3 … in commit order. */
  readonly seq: number;
  /** The conversation's change that stored or last altered the message. */
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
}

/** What a message must always be, whichever way it comes. */
export function draftMessage(draft: MessageDraft): MessageDraft {
  if (draft.content.trim() === '' || codePoints(draft.content) > CONTENT_MAX) {
    throw new ValidationFailedError([
      { path: 'content', message: `must have 1 to ${CONTENT_MAX} characters and not be blank` },
    ]);
  }
  if (draft.clientMessageId !== undefined && !CLIENT_MESSAGE_ID.test(draft.clientMessageId)) {
    throw new ValidationFailedError([
      { path: 'clientMessageId', message: 'must be 1 to 64 of A-Z a-z 0-9 _ -' },
    ]);
  }
  return draft;
}
