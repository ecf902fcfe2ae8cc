import { z } from 'zod';
import { LIMIT_MAX } from '../../../../../common/interface/validation/parameter.schema.js';
import type { MessagePage, MessageWindow } from '../../../domain/models/message-page.model.js';
import { messageExample } from './examples.js';
import { messageSchema, toListedMessageDto } from './message.dto.js';
import type { ListMessagesQueryDto } from './list-messages-query.dto.js';

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
  })
  .meta({
    id: 'MessageWindow',
    description: 'A window of the history.',
    examples: [{ data: [messageExample], hasMoreBefore: true, hasMoreAfter: false }],
  });

export type MessagesAnswerDto = z.output<typeof messagePageSchema> | z.output<typeof messageWindowSchema>;

export function toMessagesAnswerDto(
  found: MessagePage | MessageWindow,
  { page = 1, limit }: ListMessagesQueryDto,
): MessagesAnswerDto {
  const messages = found.data.map(toListedMessageDto);
  return 'total' in found
    ? { data: messages, total: found.total, page, limit, ...(found.truncated && { truncated: true }) }
    : { data: messages, hasMoreBefore: found.hasMoreBefore, hasMoreAfter: found.hasMoreAfter };
}
