import { z } from 'zod';
import { DEMO_POSTS, DEMO_USERS } from '../../../../../common/domain/demo-data.js';
import { LIMIT_MAX } from '../../../../../common/interface/validation/parameter.schema.js';
import { type ListedPost, type Post, POST_VISIBILITIES } from '../../../domain/models/post.model.js';

const { by, ...demoPost } = DEMO_POSTS[0];
const example = {
  ...demoPost,
  ownerId: DEMO_USERS[by].id,
  ownerDisplayName: DEMO_USERS[by].displayName,
  createdAt: '2026-01-31T12:00:00.000Z',
  updatedAt: '2026-01-31T12:00:00.000Z',
};

export const postSchema = z
  .strictObject({
    id: z.uuid(),
    ownerId: z.uuid(),
    ownerDisplayName: z.string().meta({ description: 'The current display name of the owner.' }),
    title: z.string(),
    content: z.string().meta({ description: 'Exactly as sent.' }),
    visibility: z.enum(POST_VISIBILITIES),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Post', examples: [example] });

const listedPostSchema = postSchema
  .extend({
    contentTruncated: z.literal(true).optional().meta({
      description:
        'Present only when the page has the beginning of the content, because it would exceed 1 MiB: read the post for the rest.',
    }),
  })
  .meta({ id: 'ListedPost', examples: [example] });

export const postPageSchema = z
  .strictObject({
    data: z.array(listedPostSchema).meta({ description: 'Newest first.' }),
    total: z.int().nonnegative().meta({ description: 'Number of all posts that you may read.' }),
    page: z.int().min(1),
    limit: z.int().min(1).max(LIMIT_MAX),
  })
  .meta({ id: 'PostPage', examples: [{ data: [example], total: 1, page: 1, limit: 20 }] });

export type PostDto = z.output<typeof postSchema>;
type ListedPostDto = z.output<typeof listedPostSchema>;
export type PostPageDto = z.output<typeof postPageSchema>;

export function toPostDto(post: Post): PostDto {
  return {
    id: post.id,
    ownerId: post.ownerId,
    title: post.title,
    content: post.content,
    visibility: post.visibility,
    createdAt: post.createdAt.toISOString(),
    updatedAt: post.updatedAt.toISOString(),
    ownerDisplayName: post.ownerDisplayName,
  };
}

/** In a list the owner's name comes earlier: answers to old clients stay byte for byte the same. */
export function toListedPostDto(post: ListedPost): ListedPostDto {
  const { id, ownerId, ownerDisplayName, ...rest } = toPostDto(post);
  return { id, ownerId, ownerDisplayName, ...rest, ...(post.contentTruncated && { contentTruncated: true }) };
}
