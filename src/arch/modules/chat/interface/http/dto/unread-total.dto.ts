import { z } from 'zod';
import { booleanParameter } from '../../../../../common/interface/validation/parameter.schema.js';
import type { UnreadTotal } from '../../../domain/models/unread-total.model.js';

export const unreadTotalQuerySchema = z.strictObject({
  exact: booleanParameter
    .optional()
    .meta({ description: 'Count all conversations, not only the 1,000 with the latest activity.' }),
});

export const unreadTotalSchema = z
  .strictObject({
    conversations: z
      .int()
      .nonnegative()
      .meta({ description: 'How many conversations have unread messages.' }),
    messages: z.int().nonnegative().meta({ description: 'How many messages are unread in all of them.' }),
    mentions: z.int().nonnegative().meta({
      description: 'How many of them mention you or everybody; at most 100 are counted in each conversation.',
    }),
    threads: z.int().min(1).optional().meta({
      description:
        'How many threads that you follow have unread replies, which are in no other count. Absent: none.',
    }),
    capped: z
      .boolean()
      .meta({ description: 'Whether there are more conversations, or followed threads, than were counted.' }),
  })
  .meta({ id: 'UnreadTotal', examples: [{ conversations: 2, messages: 7, mentions: 1, capped: false }] });

export type UnreadTotalQueryDto = z.output<typeof unreadTotalQuerySchema>;
export type UnreadTotalDto = z.output<typeof unreadTotalSchema>;

export function toUnreadTotalDto({
  conversations,
  messages,
  mentions,
  threads,
  capped,
}: UnreadTotal): UnreadTotalDto {
  return { conversations, messages, mentions, ...(threads > 0 && { threads }), capped };
}
