import type { TimelineItem } from '@causerie/client';

/** What has become of a message. */
export type MessageState = 'sending' | 'failed' | 'deleted' | 'edited' | 'pinned';

export type Speaker = Pick<Spoken, 'senderId' | 'name' | 'avatarUrl'>;

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

/** @param own who is logged in: pending messages are theirs, and look from the beginning as they will when they are stored */
export function spokenOf(item: TimelineItem, own: Speaker): Spoken {
  if (item.kind === 'pending') {
    const { createdAt, content, status } = item.pending;
    const state = status === 'failed' ? 'failed' : 'sending';
    return { ...own, isOwn: true, time: createdAt, content, isDeleted: false, states: [state] };
  }
  const { senderId, sender, createdAt, content, deletedAt, editedAt, pinnedAt } = item.message;
  const states: readonly (MessageState | false)[] =
    deletedAt === null ? [editedAt !== null && 'edited', pinnedAt !== undefined && 'pinned'] : ['deleted'];
  return {
    senderId,
    name: sender.displayName,
    avatarUrl: sender.avatarUrl,
    isOwn: senderId === own.senderId,
    time: createdAt,
    content,
    isDeleted: deletedAt !== null,
    states: states.filter((state) => state !== false),
  };
}
