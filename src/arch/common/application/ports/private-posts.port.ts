export abstract class PrivatePostsPort {
  /** Deletes every post of an owner that no other user may read. Idempotent. */
  abstract deletePrivateOf(ownerId: string): Promise<void>;
}
