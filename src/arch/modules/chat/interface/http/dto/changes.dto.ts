import { z } from 'zod';
import type { ChangesPage } from '../../../application/queries/list-changes.query.js';
import type { TimelinePage } from '../../../application/queries/list-timeline.query.js';
import { conversationSchema, toConversationDto } from './conversation.dto.js';
import { conversationExample, epochExample, messageExample } from './examples.js';
import { memberSchema, toMemberDto } from './member.dto.js';
import { movedPositionSchema, toMovedPositionsDto } from './moved-positions.dto.js';
import { positionedMessageSchema, toListedMessageDto } from './message.dto.js';
import { ownField, toOwnDto } from './own-reactions.dto.js';
import { withPrevRev } from './prev-rev.dto.js';
import { timelineEventSchema, toTimelineEventDto } from './timeline-event.dto.js';

export const changesSchema = z
  .strictObject({
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
    reads: z.array(movedPositionSchema).optional().meta({
      description:
        'With `reads=true`: up to where members have read who have marked messages as read since then, the last ones first. Each is a lower bound, and may be repeated: keep the greater of it and yours. Who has sent a message has read up to it.',
    }),
    readsTruncated: z.literal(true).optional().meta({
      description:
        'Present only when there may be more of them than are answered, as always in a thread: read `GET …/members`.',
    }),
    conversation: conversationSchema,
    rev: z
      .int()
      .nonnegative()
      .meta({ description: 'The `rev` up to which this page has the changes: the next `since`.' }),
    hasMore: z.boolean(),
    epoch: z.string().meta({
      description:
        'The epoch of the database, to which `rev` and `seq` belong: send it with the next `since`. Another epoch begins when the database is restored, or a standby is promoted.',
    }),
    own: ownField,
  })
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
  const { messages, members, membersTruncated, moved, conversation, rev, hasMore, epoch } = page;
  return {
    data: messages.map((message) => withPrevRev(toListedMessageDto(message), message)),
    ...('events' in page && { events: page.events.map(toTimelineEventDto) }),
    ...(members && { members: members.map(toMemberDto) }),
    ...(membersTruncated && { membersTruncated: true }),
    ...(moved && toMovedPositionsDto(moved)),
    conversation: toConversationDto(conversation),
    rev,
    hasMore,
    epoch,
    ...toOwnDto(messages),
  };
}
