import { z } from 'zod';
import { CURSOR_MAX, limitParameter } from '../../../../../common/interface/validation/parameter.schema.js';

export const listConversationsQuerySchema = z.strictObject({
  limit: limitParameter,
  cursor: z
    .string()
    .min(1)
    .max(CURSOR_MAX)
    .optional()
    .meta({ description: 'The `nextCursor` of the page before.' }),
});

export type ListConversationsQueryDto = z.output<typeof listConversationsQuerySchema>;
