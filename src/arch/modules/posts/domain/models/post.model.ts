/** Code points of a post's title and content. */
export const POST_TITLE_MAX = 255;
export const POST_CONTENT_MAX = 20_000;

export const POST_VISIBILITIES = ['public', 'private'] as const;
/** Whether a post is readable for all users, or for its owner only. */
export type PostVisibility = (typeof POST_VISIBILITIES)[number];

export interface Post {
  readonly id: string;
  readonly ownerId: string;
  /** The owner's current name, not the one when the post was written. */
  readonly ownerDisplayName: string;
  /** Title and content are exactly as sent. */
  readonly title: string;
  readonly content: string;
  readonly visibility: PostVisibility;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A post on a page. */
export interface ListedPost extends Post {
  /** The page had no room for the whole content, which is cut. */
  readonly contentTruncated?: true;
}
