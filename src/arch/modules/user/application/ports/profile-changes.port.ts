/** What others are shown of a user. */
export interface ShownProfile {
  readonly userId: string;
  readonly displayName: string;
  readonly avatarUrl: string | null;
  /** Higher after each change of the profile, whatever has changed. */
  readonly version: number;
  readonly isDeleted: boolean;
}

/** Changes of display names and avatars, on this node and on the others. */
export abstract class ProfileChangesPort {
  /** As the database has it now, also of a deleted account; null of an unknown one. */
  abstract findProfile(userId: string): Promise<ShownProfile | null>;
  /** Must be called after the commit of a change. Never throws, never waits. */
  abstract announceChange(userId: string): void;
  /**
   * Calls the listener when a profile has changed: at once on this node, and soon afterwards on the others, at most once.
   * Must be called before the application listens; the listener must not throw.
   */
  abstract onChange(listener: (userId: string) => void): void;
}
