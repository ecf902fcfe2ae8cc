import { z } from 'zod';
import {
  booleanParameter,
  cursorParameter,
  limitParameter,
} from '../../../../../common/interface/validation/parameter.schema.js';
import type { ListedThread, ThreadPage } from '../../../domain/models/thread-page.model.js';
import { sharedConversationSchema, toSharedConversationDto } from './conversation.dto.js';
import { messageExample, threadExample } from './examples.js';
import { messageSchema, toMessageDto } from './message.dto.js';
import { mentionCountSchema } from './own-membership.dto.js';
import { ownField, toOwnDto } from './own-reactions.dto.js';

const threadPositionSchema = z.strictObject({
  lastReadSeq: z.int().nonnegative(),
  unreadCount: z.int().nonnegative(),
  mentionCount: mentionCountSchema,
});

const listedThreadSchema = z
  .strictObject({
    thread: sharedConversationSchema,
    root: messageSchema.meta({ description: 'The message of the parent that it has begun at.' }),
    me: threadPositionSchema.optional().meta({ description: 'Absent where you do not follow the thread.' }),
  })
  .meta({ id: 'ListedThread', description: 'A thread in a list.' });

const pageExample = {
  data: [{ thread: threadExample, root: messageExample, me: { lastReadSeq: 2, unreadCount: 1 } }],
  nextCursor: null,
};

export const threadPageSchema = z
  .strictObject({
    data: z.array(listedThreadSchema).meta({ description: 'Last activity first.' }),
    nextCursor: z.string().nullable().meta({ description: 'For `?cursor=`; null at the end.' }),
    own: ownField,
  })
  .meta({ id: 'ThreadPage', examples: [pageExample] });

export const listFollowedThreadsQuerySchema = z.strictObject({
  limit: limitParameter,
  cursor: cursorParameter,
  unread: booleanParameter.optional().meta({ description: 'Only those with unread replies.' }),
});

export type ListFollowedThreadsQueryDto = z.output<typeof listFollowedThreadsQuerySchema>;
export type ThreadPageDto = z.output<typeof threadPageSchema>;

export function toThreadPageDto({ data, nextCursor }: ThreadPage): ThreadPageDto {
  return { data: data.map(toListedThreadDto), nextCursor, ...toOwnDto(data.map(({ root }) => root)) };
}

function toListedThreadDto({ thread, root, me }: ListedThread): z.output<typeof listedThreadSchema> {
  return {
    thread: toSharedConversationDto(thread),
    root: toMessageDto(root),
    ...(me && { me: toPositionDto(me) }),
  };
}

function toPositionDto({ lastReadSeq, unreadCount, mentionCount }: NonNullable<ListedThread['me']>) {
  return { lastReadSeq, unreadCount, ...(mentionCount > 0 && { mentionCount }) };
}
