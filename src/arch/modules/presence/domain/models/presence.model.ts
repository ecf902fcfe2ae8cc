/** Users that one question or one subscription names, at most. */
export const PRESENCE_MAX = 200;

/** The people who see whether a user is online; `contacts` are those to whom the user has written. */
export type PresenceAudience = 'everyone' | 'contacts' | 'nobody';

export interface Presence {
  readonly userId: string;
  readonly status: 'online' | 'offline';
  /** To the minute; null while the user is online, and when it is not known. */
  readonly lastSeenAt: Date | null;
}

/** What is shown of everybody whose presence the reader may not see, and of unknown accounts. */
export function hiddenPresence(userId: string): Presence {
  return { userId, status: 'offline', lastSeenAt: null };
}
