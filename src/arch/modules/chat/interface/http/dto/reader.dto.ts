import { z } from 'zod';
import type { ReaderPage } from '../../../domain/models/reader-page.model.js';
import { memberExample } from './examples.js';
import { senderSchema, toSenderDto } from './message.dto.js';

const { userId: id, displayName, avatarUrl } = memberExample;

export const readerPageSchema = z
  .strictObject({
    data: z.array(senderSchema).meta({ description: 'In the order of joining.' }),
    count: z.int().nonnegative().meta({ description: 'How many there are on all pages.' }),
    nextCursor: z.string().nullable().meta({ description: 'For `?cursor=`; null at the end.' }),
  })
  .meta({
    id: 'ReaderPage',
    examples: [{ data: [{ id, displayName, avatarUrl }], count: 1, nextCursor: null }],
  });

export type ReaderPageDto = z.output<typeof readerPageSchema>;

export function toReaderPageDto({ data, count, nextCursor }: ReaderPage): ReaderPageDto {
  return { data: data.map(toSenderDto), count, nextCursor };
}
