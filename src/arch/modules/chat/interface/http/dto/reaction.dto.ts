import { z } from 'zod';
import {
  cursorParameter,
  limitParameter,
} from '../../../../../common/interface/validation/parameter.schema.js';
import { avatarUrlSchema } from '../../../../../common/interface/http/dto/avatar-url.dto.js';
import type { ReactionPage } from '../../../domain/models/reaction-page.model.js';
import { memberExample } from './examples.js';

/** Any text: the domain says which one is a reaction. */
export const emojiParameter = z.string().meta({
  description:
    'An emoji, or a word of your application such as `:ship:`, percent-encoded: 1 to 32 code points without blanks and `/`, neither `.` nor `..`. With or without variation selectors (U+FE0E, U+FE0F) it is the same reaction.',
  example: '👍',
});

export const listReactionsQuerySchema = z.strictObject({
  emoji: emojiParameter.optional(),
  limit: limitParameter,
  cursor: cursorParameter,
});

const { userId, displayName, avatarUrl } = memberExample;

export const reactionPageSchema = z
  .strictObject({
    data: z
      .array(
        z.strictObject({
          userId: z.uuid(),
          displayName: z.string(),
          avatarUrl: avatarUrlSchema,
          emoji: z.string(),
          createdAt: z.iso.datetime(),
        }),
      )
      .meta({ description: 'By kind, and those of one kind by user.' }),
    nextCursor: z.string().nullable().meta({ description: 'For `?cursor=`; null at the end.' }),
  })
  .meta({
    id: 'ReactionPage',
    examples: [
      {
        data: [{ userId, displayName, avatarUrl, emoji: '👍', createdAt: memberExample.joinedAt }],
        nextCursor: null,
      },
    ],
  });

export type ListReactionsQueryDto = z.output<typeof listReactionsQuerySchema>;
export type ReactionPageDto = z.output<typeof reactionPageSchema>;

export function toReactionPageDto({ data, nextCursor }: ReactionPage): ReactionPageDto {
  return {
    data: data.map(({ user, emoji, createdAt }) => ({
      userId: user.id,
      displayName: user.displayName,
      avatarUrl: user.avatarUrl,
      emoji,
      createdAt: createdAt.toISOString(),
    })),
    nextCursor,
  };
}
