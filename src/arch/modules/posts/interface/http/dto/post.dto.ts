import { z } from 'zod';
import { type ListedPost, type Post, POST_VISIBILITIES } from '../../../domain/models/post.model.js';

const example = {
  id: '0199d0a2-6c1e-7000-8000-0000000000d1',
  ownerId: '0199d0a2-6c1e-7000-8000-000000000001',
  ownerDisplayName: 'Ada',
  title: 'Release notes',
  content: 'What is new.',
  visibility: 'public' as const,
  createdAt: '2026-01-31T12:00:00.000Z',
  updatedAt: '2026-01-31T12:00:00.000Z',
};

export const postSchema = z
  .strictObject({
    id: z.uuid(),
    ownerId: z.uuid(),
    ownerDisplayName: z.string().meta({ description: 'As the owner is called now.' }),
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
        'Only where the page, which ends at 1 MiB, shows the beginning: the post itself has the rest.',
    }),
  })
  .meta({ id: 'ListedPost', examples: [example] });

export const postPageSchema = z
  .strictObject({
    data: z.array(listedPostSchema).meta({ description: 'Newest first.' }),
    total: z.int().nonnegative().meta({ description: 'All that you may see.' }),
    page: z.int().min(1),
    limit: z.int().min(1).max(100),
  })
  .meta({ id: 'PostPage', examples: [{ data: [example], total: 1, page: 1, limit: 20 }] });

export type PostDto = z.output<typeof postSchema>;
type ListedPostDto = z.output<typeof listedPostSchema>;
export type PostPageDto = z.output<typeof postPageSchema>;

export function toPostDto(post: Post): PostDto {
  return { ...post, createdAt: post.createdAt.toISOString(), updatedAt: post.updatedAt.toISOString() };
}

export function toListedPostDto({ contentTruncated, ...post }: ListedPost): ListedPostDto {
  return { ...toPostDto(post), ...(contentTruncated && { contentTruncated }) };
}
