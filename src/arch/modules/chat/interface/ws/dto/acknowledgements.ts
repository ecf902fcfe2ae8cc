import type { z } from 'zod';
import type { ReadPosition } from '../../../application/commands/mark-read.command.js';
import type { ConversationHead } from '../../../application/queries/get-conversation-head.query.js';
import type { MemberHead } from '../../../domain/models/member-head.model.js';
import type { clientEvents } from './client-events.js';

type DataOf<Event extends keyof typeof clientEvents> = z.output<(typeof clientEvents)[Event]['data']>;

export function toJoinedDto({ conversationId, lastSeq, rev, epoch }: ConversationHead): DataOf<'join_room'> {
  return { conversationId, lastSeq, rev, epoch };
}

/** One of the conversations that `join_all` has joined. */
export function toMemberHeadDto(head: MemberHead): DataOf<'join_all'>['conversations'][number] {
  const { conversationId, lastSeq, rev, unreadCount, mentionCount } = head;
  return { conversationId, lastSeq, rev, unreadCount, ...(mentionCount > 0 && { mentionCount }) };
}

export function toReadPositionDto(position: ReadPosition): DataOf<'mark_read'> {
  const { conversationId, lastReadSeq, unreadCount, mentionCount } = position;
  return { conversationId, lastReadSeq, unreadCount, ...(mentionCount > 0 && { mentionCount }) };
}
