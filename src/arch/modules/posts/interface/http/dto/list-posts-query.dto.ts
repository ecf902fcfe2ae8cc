import { z } from 'zod';
import {
  integerParameter,
  limitParameter,
} from '../../../../../common/interface/validation/parameter.schema.js';

export const listPostsQuerySchema = z.strictObject({
  page: integerParameter(1).optional().meta({ description: 'From 1, which is the newest; the default.' }),
  limit: limitParameter,
});

export type ListPostsQueryDto = z.output<typeof listPostsQuerySchema>;
