export abstract class PrivatePostsPort {
  /** Deletes every post of an owner that nobody else may read. Repeating it is harmless. */
  abstract deletePrivateOf(ownerId: string): Promise<void>;
}
