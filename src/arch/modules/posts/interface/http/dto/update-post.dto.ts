import { z } from 'zod';
import { name, visibleText } from '../../../../../common/interface/validation/text.schema.js';
import { POST_CONTENT_MAX, POST_TITLE_MAX, POST_VISIBILITIES } from '../../../domain/models/post.model.js';

export const updatePostSchema = z
  .strictObject({
    title: name(POST_TITLE_MAX).optional(),
    content: visibleText(POST_CONTENT_MAX).optional(),
    visibility: z.enum(POST_VISIBILITIES).optional(),
  })
  // The domain checks that it changes something.
  .meta({ id: 'UpdatePost', minProperties: 1, examples: [{ visibility: 'private' }] });

export type UpdatePostDto = z.output<typeof updatePostSchema>;
