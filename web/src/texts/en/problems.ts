import type { CauserieErrorCode } from '@causerie/client';

/** What people are told for a code of the server; for all others that it did not work. */
export const problems: Partial<Record<CauserieErrorCode, string>> = {
  CANNOT_DELETE_MESSAGE: 'You may not delete this message.',
  CANNOT_PIN_MESSAGE: 'Only the owner and the admins pin messages here.',
  CONVERSATION_NOT_FOUND: 'This conversation is not there any more.',
  EDIT_WINDOW_CLOSED: 'This message is too old to be edited.',
  MESSAGE_CHANGED: 'This message has changed in the meantime.',
  MESSAGE_DELETED: 'This message has been deleted.',
  MESSAGE_NOT_FOUND: 'This message is not there any more.',
  NOT_CONVERSATION_MEMBER: 'You are no member of this conversation any more.',
  NOT_MESSAGE_AUTHOR: 'Only who wrote this message may do that.',
  POSTING_RESTRICTED: 'Only the owner and the admins write here.',
  THREAD_NOT_ALLOWED: 'There can be no thread here.',
  TOO_MANY_PINS: 'There are as many pinned messages as possible. Unpin one first.',
  TOO_MANY_REACTIONS: 'There are as many reactions as possible. Take one back first.',
  USER_NOT_REACHABLE: 'You cannot write to each other.',
};
