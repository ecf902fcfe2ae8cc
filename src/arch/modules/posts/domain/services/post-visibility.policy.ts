import { ForbiddenPostAccessError } from '../errors/forbidden-post-access.error.js';
import { PostNotFoundError } from '../errors/post-not-found.error.js';
import type { Post } from '../models/post.model.js';

export interface PostReader {
  findById(id: string): Promise<Post | null>;
}

export async function requirePost(id: string, posts: PostReader): Promise<Post> {
  const post = await posts.findById(id);
  if (!post) throw new PostNotFoundError();
  return post;
}

/** Everybody reads a public post, its owner a private one. @param readerId undefined for nobody in particular */
export function requireReadablePost(
  { ownerId, visibility }: Pick<Post, 'ownerId' | 'visibility'>,
  readerId: string | undefined,
): void {
  if (visibility !== 'public' && ownerId !== readerId) throw new ForbiddenPostAccessError();
}

/** Only the owner changes and deletes a post, a public one too. */
export function requireOwnPost({ ownerId }: Pick<Post, 'ownerId'>, requesterId: string): void {
  if (ownerId !== requesterId) throw new ForbiddenPostAccessError();
}
