import type { TimelineItem } from '@causerie/client';

/** What a row shows, whether the server has the message or not. */
export interface Spoken {
  readonly senderId: string;
  readonly name: string;
  readonly avatarUrl: string | null;
  readonly isOwn: boolean;
  readonly time: string;
  readonly content: string;
  readonly isDeleted: boolean;
  readonly isEdited: boolean;
}

export function spokenOf(item: TimelineItem, ownId: string, you: string): Spoken {
  if (item.kind === 'pending') {
    const { createdAt, content } = item.pending;
    const own = { senderId: ownId, name: you, avatarUrl: null, isOwn: true };
    return { ...own, time: createdAt, content, isDeleted: false, isEdited: false };
  }
  const { senderId, sender, createdAt, content, deletedAt, editedAt } = item.message;
  return {
    senderId,
    name: sender.displayName,
    avatarUrl: sender.avatarUrl,
    isOwn: senderId === ownId,
    time: createdAt,
    content,
    isDeleted: deletedAt !== null,
    isEdited: editedAt !== null && deletedAt === null,
  };
}
