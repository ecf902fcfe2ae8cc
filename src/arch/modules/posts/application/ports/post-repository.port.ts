import type { PostChanges, PostDraft } from '../../domain/models/post-draft.model.js';
import type { ListedPost, Post } from '../../domain/models/post.model.js';

export interface PostPage {
  /** Newest first. At most 1 MiB of JSON: above it, the longest contents are cut to an even share. */
  readonly data: ListedPost[];
  /** Number of all posts that this reader sees, from the same snapshot as `data`. */
  readonly total: number;
}

export abstract class PostRepositoryPort {
  /** @throws SessionRevokedError when the owner's account is deleted */
  abstract create(draft: PostDraft): Promise<Post>;
  /** Does not check who may read the post: that is the caller's task. */
  abstract findById(id: string): Promise<Post | null>;
  /**
   * @param page from 1
   * @param limit 1–100
   */
  abstract findPublic(page: number, limit: number): Promise<PostPage>;
  /**
   * The public posts and all of the reader's own.
   * @param page from 1
   * @param limit 1–100
   */
  abstract findVisibleTo(readerId: string, page: number, limit: number): Promise<PostPage>;
  /**
   * Increases `updatedAt` by a millisecond at least.
   * @throws PostNotFoundError when this owner does not have the post, or not any more
   * @throws SessionRevokedError when the owner's account is deleted
   */
  abstract update(id: string, ownerId: string, changes: PostChanges): Promise<Post>;
  /** @throws PostNotFoundError when this owner does not have the post, or not any more */
  abstract delete(id: string, ownerId: string): Promise<void>;
  /** Deletes every post of an owner that no other user may read. Idempotent. */
  abstract deletePrivateOf(ownerId: string): Promise<void>;
}
