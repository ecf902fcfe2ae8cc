import { z } from 'zod';
import {
  cursorParameter,
  limitParameter,
} from '../../../../../common/interface/validation/parameter.schema.js';

export const listSessionsQuerySchema = z.strictObject({ limit: limitParameter, cursor: cursorParameter });

export type ListSessionsQueryDto = z.output<typeof listSessionsQuerySchema>;
