import { z } from 'zod';
import { name, visibleText } from '../../../../../common/interface/validation/text.schema.js';
import { POST_CONTENT_MAX, POST_TITLE_MAX, POST_VISIBILITIES } from '../../../domain/models/post.model.js';

export const createPostSchema = z
  .strictObject({
    title: name(POST_TITLE_MAX),
    content: visibleText(POST_CONTENT_MAX),
    visibility: z.enum(POST_VISIBILITIES).default('public'),
  })
  .meta({
    id: 'CreatePost',
    examples: [{ title: 'Release notes', content: 'What is new.', visibility: 'public' }],
  });

export type CreatePostDto = z.output<typeof createPostSchema>;
