import { z } from 'zod';
import {
  integerParameter,
  limitParameter,
} from '../../../../../common/interface/validation/parameter.schema.js';

export const listPostsQuerySchema = z.strictObject({
  page: integerParameter(1)
    .optional()
    .meta({ description: 'Number of the page: 1, the default, has the newest posts.' }),
  limit: limitParameter,
});

export type ListPostsQueryDto = z.output<typeof listPostsQuerySchema>;
