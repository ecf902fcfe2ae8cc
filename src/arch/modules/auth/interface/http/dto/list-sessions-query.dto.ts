import { z } from 'zod';
import { CURSOR_MAX, limitParameter } from '../../../../../common/interface/validation/parameter.schema.js';

export const listSessionsQuerySchema = z.strictObject({
  limit: limitParameter,
  cursor: z
    .string()
    .min(1)
    .max(CURSOR_MAX)
    .optional()
    .meta({ description: 'The `nextCursor` of the page before.' }),
});

export type ListSessionsQueryDto = z.output<typeof listSessionsQuerySchema>;
