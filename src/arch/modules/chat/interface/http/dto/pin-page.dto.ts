import { z } from 'zod';
import type { PinPage } from '../../../domain/models/pin-page.model.js';
import { messageExample } from './examples.js';
import { messageSchema, toMessageDto } from './message.dto.js';
import { ownField, toOwnDto } from './own-reactions.dto.js';

const pinnedExample = {
  ...messageExample,
  pinnedAt: messageExample.createdAt,
  pinnedBy: messageExample.senderId,
};

export const pinPageSchema = z
  .strictObject({
    data: z.array(messageSchema).meta({ description: 'The last pinned first.' }),
    nextCursor: z.string().nullable().meta({ description: 'For `?cursor=`; null at the end.' }),
    own: ownField,
  })
  .meta({ id: 'PinPage', examples: [{ data: [pinnedExample], nextCursor: null }] });

export type PinPageDto = z.output<typeof pinPageSchema>;

export function toPinPageDto({ data, nextCursor }: PinPage): PinPageDto {
  return { data: data.map(toMessageDto), nextCursor, ...toOwnDto(data) };
}
