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
        'Only when the oldest of the page are left out, as it ends at 1 MiB: the window `before` the last `seq` shown has them.',
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
    hasMoreBefore: z.boolean().meta({ description: 'There are older ones.' }),
    hasMoreAfter: z.boolean().meta({ description: 'There are newer ones.' }),
  })
  .meta({
    id: 'MessageWindow',
    description: 'Messages around a place.',
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
