import { z } from 'zod';
import { LIMIT_MAX } from '../../../../../common/interface/validation/parameter.schema.js';
import type { MessagePage, MessageWindow } from '../../../domain/models/message-page.model.js';
import { WINDOW_EVENTS_MAX } from '../../../domain/models/timeline-event.model.js';
import { messageExample } from './examples.js';
import { messageSchema, toListedMessageDto } from './message.dto.js';
import type { ListMessagesQueryDto } from './list-messages-query.dto.js';
import { ownField, toOwnDto } from './own-reactions.dto.js';
import { timelineEventSchema, toTimelineEventDto } from './timeline-event.dto.js';

/** Only on request: old clients are answered as ever. */
const rev = z.int().nonnegative().optional().meta({
  description:
    'With `rev=true`: the head of the conversation in the snapshot of the messages. All changes up to this `rev` are in them.',
});
const data = z.array(messageSchema).meta({ description: 'Newest first.' });

export const messagePageSchema = z
  .strictObject({
    data,
    total: z.int().nonnegative(),
    page: z.int().min(1),
    limit: z.int().min(1).max(LIMIT_MAX),
    truncated: z.literal(true).optional().meta({
      description:
        'Present only when the oldest messages of the page are omitted, because it would exceed 1 MiB: read them with the window `before` the last `seq` of this page.',
    }),
    rev,
    own: ownField,
  })
  .meta({
    id: 'MessagePage',
    description: 'One page of the history.',
    examples: [{ data: [messageExample], total: messageExample.seq, page: 1, limit: 1 }],
  });

export const messageWindowSchema = z
  .strictObject({
    data,
    hasMoreBefore: z.boolean().meta({ description: 'Whether there are older messages.' }),
    hasMoreAfter: z.boolean().meta({ description: 'Whether there are newer messages.' }),
    events: z.array(timelineEventSchema).max(WINDOW_EVENTS_MAX).optional().meta({
      description:
        'With `events=true`: the changes of members and settings whose `afterSeq` is the `seq` of one of these messages (or 0, beside the first message of all), newest first.',
    }),
    eventsTruncated: z.literal(true).optional().meta({
      description:
        'Present only when there are more: the oldest are omitted. `GET …/changes?events=true` has all of them.',
    }),
    rev,
    own: ownField,
  })
  .meta({
    id: 'MessageWindow',
    description: 'A window of the history.',
    examples: [{ data: [messageExample], hasMoreBefore: true, hasMoreAfter: false }],
  });

export type MessagesAnswerDto = z.output<typeof messagePageSchema> | z.output<typeof messageWindowSchema>;

export function toMessagesAnswerDto(
  found: MessagePage | MessageWindow,
  { page = 1, limit, rev: isRevAsked }: ListMessagesQueryDto,
): MessagesAnswerDto {
  const messages = found.data.map(toListedMessageDto);
  const beside = { ...(isRevAsked === 'true' && { rev: found.rev }), ...toOwnDto(found.data) };
  if ('total' in found) {
    const truncated = found.truncated && { truncated: true as const };
    return { data: messages, total: found.total, page, limit, ...truncated, ...beside };
  }
  const { hasMoreBefore, hasMoreAfter, events, eventsTruncated } = found;
  return {
    data: messages,
    hasMoreBefore,
    hasMoreAfter,
    ...(events && { events: events.map(toTimelineEventDto) }),
    ...(eventsTruncated && { eventsTruncated }),
    ...beside,
  };
}
