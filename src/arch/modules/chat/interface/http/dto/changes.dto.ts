import { z } from 'zod';
import type { ChangesPage } from '../../../application/queries/list-changes.query.js';
import type {
  SeveralChanges,
  SeveralChangesAnswer,
} from '../../../application/queries/list-several-changes.query.js';
import type { TimelinePage } from '../../../application/queries/list-timeline.query.js';
import { SEVERAL_MAX } from '../../../domain/models/timeline-event.model.js';
import { conversationSchema, toConversationDto } from './conversation.dto.js';
import { conversationExample, epochExample, messageExample } from './examples.js';
import { memberSchema, toMemberDto } from './member.dto.js';
import { movedPositionSchema, toMovedPositionsDto } from './moved-positions.dto.js';
import { positionedMessageSchema, toListedMessageDto } from './message.dto.js';
import { ownField, toOwnDto } from './own-reactions.dto.js';
import { withPrevRev } from './prev-rev.dto.js';
import { timelineEventSchema, toTimelineEventDto } from './timeline-event.dto.js';

/** What is answered of one conversation, alone or beside others. */
const changesShape = {
  data: z.array(positionedMessageSchema).meta({
    description: 'The messages changed after `since`, each in its latest state, in the order of `rev`.',
  }),
  events: z.array(timelineEventSchema).optional().meta({
    description:
      'With `events=true`: the changes of members and settings after `since`, in the order of `rev`. Apply them and the messages together in that order.',
  }),
  members: z.array(memberSchema).optional().meta({
    description:
      'All members. Present only when a member has joined or left after `since`; with `events=true` only when some of that cannot be answered as events: apply the events first, then replace your list.',
  }),
  membersTruncated: z.literal(true).optional().meta({
    description:
      'Present only when the members changed, but are too many for this page: read `GET …/members`.',
  }),
  conversation: conversationSchema,
  rev: z
    .int()
    .nonnegative()
    .meta({ description: 'The `rev` up to which this page has the changes: the next `since`.' }),
  hasMore: z.boolean(),
};

/** What is answered of one conversation alone. */
const readsShape = {
  reads: z.array(movedPositionSchema).optional().meta({
    description:
      'With `reads=true`: up to where members have read who have marked messages as read since then, the last ones first. Each is a lower bound, and may be repeated: keep the greater of it and yours. Who has sent a message has read up to it.',
  }),
  readsTruncated: z.literal(true).optional().meta({
    description:
      'Present only when there may be more of them than are answered, as always in a thread: read `GET …/members`.',
  }),
};

const epochField = z.string().meta({
  description:
    'The epoch of the database, to which `rev` and `seq` belong: send it with the next `since`. Another epoch begins when the database is restored, or a standby is promoted.',
});

export const changesSchema = z
  .strictObject({ ...changesShape, ...readsShape, epoch: epochField, own: ownField })
  .meta({
    id: 'Changes',
    description: 'One page of what has changed in a conversation.',
    examples: [
      {
        data: [messageExample],
        conversation: conversationExample,
        rev: messageExample.rev,
        hasMore: false,
        epoch: epochExample,
      },
    ],
  });

export type ChangesDto = z.output<typeof changesSchema>;

export function toChangesDto(page: ChangesPage | TimelinePage): ChangesDto {
  const { epoch, moved } = page;
  return {
    ...toConversationChangesDto(page),
    ...(moved && toMovedPositionsDto(moved)),
    epoch,
    ...toOwnDto(page.messages),
  };
}

function toConversationChangesDto(
  page: Omit<ChangesPage, 'epoch'> | Omit<TimelinePage, 'epoch'>,
): Omit<ChangesDto, 'epoch' | 'own' | keyof typeof readsShape> {
  const { messages, members, membersTruncated, conversation, rev, hasMore } = page;
  return {
    data: messages.map((message) => withPrevRev(toListedMessageDto(message), message)),
    ...('events' in page && { events: page.events.map(toTimelineEventDto) }),
    ...(members && { members: members.map(toMemberDto) }),
    ...(membersTruncated && { membersTruncated: true }),
    conversation: toConversationDto(conversation),
    rev,
    hasMore,
  };
}

const id = z.uuid().meta({ description: 'The id of the conversation.' });

const severalChangesItemSchema = z
  .union([
    z.strictObject({ id, ...changesShape, own: ownField }),
    z.strictObject({
      id,
      rev: z.int().nonnegative().meta({ description: 'Your `since`.' }),
      hasMore: z.literal(true).meta({
        description: 'It did not fit into the answer, and nothing of it was read: request it again.',
      }),
    }),
    z.strictObject({
      id,
      gone: z.literal(true).meta({ description: 'You are not a member of it, or it is not there.' }),
    }),
    z.strictObject({
      id,
      code: z.literal('CURSOR_INVALID').meta({
        description: 'It has not reached your `since`: drop what you know of it, and start over.',
      }),
    }),
  ])
  .meta({ id: 'SeveralChangesItem', description: 'What has changed in one of several conversations.' });

export const severalChangesSchema = z
  .strictObject({
    data: z
      .array(severalChangesItemSchema)
      .max(SEVERAL_MAX)
      .meta({ description: 'One for each conversation, in the order of the request.' }),
    epoch: epochField,
  })
  .meta({
    id: 'SeveralChanges',
    description: 'What has changed in several conversations.',
    examples: [
      {
        data: [
          {
            id: conversationExample.id,
            data: [messageExample],
            events: [],
            conversation: conversationExample,
            rev: messageExample.rev,
            hasMore: false,
          },
        ],
        epoch: epochExample,
      },
    ],
  });

export type SeveralChangesDto = z.output<typeof severalChangesSchema>;

export function toSeveralChangesDto({ epoch, conversations }: SeveralChangesAnswer): SeveralChangesDto {
  return { data: conversations.map(toSeveralChangesItemDto), epoch };
}

function toSeveralChangesItemDto(found: SeveralChanges): SeveralChangesDto['data'][number] {
  const { conversationId, since, outcome } = found;
  if (outcome === 'gone') return { id: conversationId, gone: true };
  if (outcome === 'invalid') return { id: conversationId, code: 'CURSOR_INVALID' };
  if (outcome === 'unread') return { id: conversationId, rev: since, hasMore: true };
  const { page } = found;
  return { id: conversationId, ...toConversationChangesDto(page), ...toOwnDto(page.messages) };
}
