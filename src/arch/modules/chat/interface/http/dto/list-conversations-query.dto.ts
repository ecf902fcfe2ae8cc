import { z } from 'zod';
import {
  cursorParameter,
  limitParameter,
} from '../../../../../common/interface/validation/parameter.schema.js';

export const listConversationsQuerySchema = z.strictObject({
  limit: limitParameter,
  cursor: cursorParameter,
});

export type ListConversationsQueryDto = z.output<typeof listConversationsQuerySchema>;
