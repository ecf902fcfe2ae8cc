import { z } from 'zod';
import {
  cursorParameter,
  limitParameter,
} from '../../../../../common/interface/validation/parameter.schema.js';
import type { ReadMessage } from '../../../domain/models/read-message.model.js';
import { messageExample } from './examples.js';
import { messageSchema, toMessageDto } from './message.dto.js';
import { ownField, toOwnDto } from './own-reactions.dto.js';

const mentionExample = { ...messageExample, mentionsAll: true };

export const mentionPageSchema = z
  .strictObject({
    data: z.array(messageSchema).meta({ description: 'Newest first.' }),
    nextCursor: z.string().nullable().meta({ description: 'For `?cursor=`; null at the end.' }),
    own: ownField,
  })
  .meta({ id: 'MentionPage', examples: [{ data: [mentionExample], nextCursor: null }] });

export const listMentionsQuerySchema = z.strictObject({ limit: limitParameter, cursor: cursorParameter });

export type ListMentionsQueryDto = z.output<typeof listMentionsQuerySchema>;
export type MentionPageDto = z.output<typeof mentionPageSchema>;

interface MentionPage {
  readonly data: readonly ReadMessage[];
  readonly nextCursor: string | null;
}

export function toMentionPageDto({ data, nextCursor }: MentionPage): MentionPageDto {
  return { data: data.map(toMessageDto), nextCursor, ...toOwnDto(data) };
}
