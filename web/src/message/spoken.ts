import type { TimelineItem } from '@causerie/client';

/** What has become of a message. */
export type MessageState = 'sending' | 'failed' | 'deleted' | 'edited' | 'pinned';

/** What a row shows, whether the server has the message or not. */
export interface Spoken {
  readonly senderId: string;
  readonly name: string;
  readonly avatarUrl: string | null;
  readonly isOwn: boolean;
  readonly time: string;
  readonly content: string;
  readonly isDeleted: boolean;
  readonly states: readonly MessageState[];
}

export function spokenOf(item: TimelineItem, ownId: string, you: string): Spoken {
  if (item.kind === 'pending') {
    const { createdAt, content, status } = item.pending;
    const own = { senderId: ownId, name: you, avatarUrl: null, isOwn: true };
    const state = status === 'failed' ? 'failed' : 'sending';
    return { ...own, time: createdAt, content, isDeleted: false, states: [state] };
  }
  const { senderId, sender, createdAt, content, deletedAt, editedAt, pinnedAt } = item.message;
  const states: readonly (MessageState | false)[] =
    deletedAt === null ? [editedAt !== null && 'edited', pinnedAt !== undefined && 'pinned'] : ['deleted'];
  return {
    senderId,
    name: sender.displayName,
    avatarUrl: sender.avatarUrl,
    isOwn: senderId === ownId,
    time: createdAt,
    content,
    isDeleted: deletedAt !== null,
    states: states.filter((state) => state !== false),
  };
}
