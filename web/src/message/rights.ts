import type { ConversationSummary, Message } from '@causerie/client';

/** What the server allows somebody in a conversation. */
export interface Rights {
  readonly mayWrite: boolean;
  readonly mayPin: boolean;
  /** Deletes what others have written, and sees what they have edited. */
  readonly isModerator: boolean;
  readonly mayBeginThreads: boolean;
}

/** While a conversation is not known, one can write there, and nothing else is offered. */
export function rightsOf(summary: ConversationSummary | null): Rights {
  if (!summary) return { mayWrite: true, mayPin: false, isModerator: false, mayBeginThreads: false };
  const { type, role, details } = summary;
  const isAdmin = role !== 'member';
  return {
    mayWrite: isAdmin || details.posting !== 'admins',
    mayPin: isAdmin || type === 'direct',
    isModerator: isAdmin && type !== 'direct',
    mayBeginThreads: type !== 'thread',
  };
}

export const isSameRights = (one: Rights, other: Rights): boolean =>
  one.mayWrite === other.mayWrite &&
  one.mayPin === other.mayPin &&
  one.isModerator === other.isModerator &&
  one.mayBeginThreads === other.mayBeginThreads;

/** What can be done with one message. */
export interface Allowed {
  readonly react: boolean;
  readonly reply: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
  readonly pin: boolean;
  readonly seeHistory: boolean;
  readonly openThread: boolean;
}

/** A deleted message has only its thread left. */
export function allowedWith(message: Message, ownId: string, rights: Rights): Allowed {
  const isThere = message.deletedAt === null;
  const isOwn = message.senderId === ownId;
  return {
    react: isThere && rights.mayWrite,
    reply: isThere && rights.mayWrite,
    edit: isThere && isOwn && rights.mayWrite,
    delete: isThere && (isOwn || rights.isModerator),
    pin: isThere && rights.mayPin,
    seeHistory: isThere && message.editedAt !== null && (isOwn || rights.isModerator),
    openThread: message.thread !== undefined || (isThere && rights.mayWrite && rights.mayBeginThreads),
  };
}
