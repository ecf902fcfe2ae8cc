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

/**
 * A public post is readable for all, a private one for its owner.
 * @param readerId undefined for an anonymous reader
 */
export function requireReadablePost(
  { ownerId, visibility }: Pick<Post, 'ownerId' | 'visibility'>,
  readerId: string | undefined,
): void {
  if (visibility !== 'public' && ownerId !== readerId) throw new ForbiddenPostAccessError();
}

/** Only the owner may change or delete a post, also a public one. */
export function requireOwnPost({ ownerId }: Pick<Post, 'ownerId'>, requesterId: string): void {
  if (ownerId !== requesterId) throw new ForbiddenPostAccessError();
}
