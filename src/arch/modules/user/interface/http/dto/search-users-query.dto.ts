import { z } from 'zod';
import { limitParameter } from '../../../../../common/interface/validation/parameter.schema.js';
import { text } from '../../../../../common/interface/validation/text.schema.js';
import { SEARCH_MAX } from '../../../domain/models/profile.model.js';

/** Characters: a name of 80 can take 2,640 bytes without its ligatures, and then a third more. */
const SEARCH_CURSOR_MAX = 4_000;

export const searchUsersQuerySchema = z.strictObject({
  search: text(1, SEARCH_MAX).meta({
    description: 'The beginning of the display name; case and accents are ignored.',
    example: 'user',
  }),
  limit: limitParameter,
  cursor: z
    .string()
    .min(1)
    .max(SEARCH_CURSOR_MAX)
    .optional()
    .meta({ description: 'The `nextCursor` of the previous page.' }),
});

export type SearchUsersQueryDto = z.output<typeof searchUsersQuerySchema>;
