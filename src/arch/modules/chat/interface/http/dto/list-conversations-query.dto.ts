import { z } from 'zod';
import {
  booleanParameter,
  cursorParameter,
  limitParameter,
} from '../../../../../common/interface/validation/parameter.schema.js';

export const listConversationsQuerySchema = z.strictObject({
  limit: limitParameter,
  cursor: cursorParameter,
  type: z
    .enum(['group', 'direct'])
    .optional()
    .meta({ description: 'Only groups, or only direct conversations.' }),
  archived: booleanParameter
    .optional()
    .meta({ description: 'Only those that you have archived, or only the others.' }),
  pinned: booleanParameter
    .optional()
    .meta({ description: 'Only those that you have pinned, or only the others.' }),
});

export type ListConversationsQueryDto = z.output<typeof listConversationsQuerySchema>;
