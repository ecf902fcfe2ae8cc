import type { Device, Session } from '../../domain/models/session.model.js';

export interface OpenedSession {
  readonly id: string;
  /**
   * Seconds until the session ends, however often it is refreshed: a duration, because the issuer of tokens has another
   * clock.
   */
  readonly secondsLeft: number;
  /** Opaque, 256 bits; only its hash is stored. */
  readonly refreshToken: string;
  /** Names the refresh token in the access tokens that are issued with it. The first of a session succeeds no other. */
  readonly successorId?: string;
}

export interface SessionPage {
  readonly data: Session[];
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
}

/** `reused`: the token was no longer valid; `too_old`: its session was not. Either has ended the session. */
export type Rotation =
  | { readonly outcome: 'rotated'; readonly userId: string; readonly session: OpenedSession }
  | { readonly outcome: 'reused' | 'too_old'; readonly userId: string; readonly sessionId: string }
  | { readonly outcome: 'invalid' };

export abstract class SessionRepositoryPort {
  /**
   * Creates a session of the user with its first refresh token, atomically. Of more than 50 active sessions the least
   * recently used are ended: `displaced` has their ids, which the caller announces.
   */
  abstract openSession(
    userId: string,
    device: Device,
  ): Promise<OpenedSession & { readonly displaced: readonly string[] }>;
  /**
   * Exchanges a refresh token for its successor, atomically. The same token again within 24 hours, while the successor is
   * unused, gets the same successor; any other reuse ends the session (RFC 9700, 4.14.2).
   */
  abstract rotateToken(refreshToken: string, device: Device): Promise<Rotation>;
  /**
   * The active sessions of a user, last used first.
   * @param cursor a previous `nextCursor`
   * @throws CursorInvalidError for any other text
   */
  abstract findPage(userId: string, limit: number, cursor?: string): Promise<SessionPage>;
  /** From now on these successors count as used, also those that do already. Unknown ones are ignored. */
  abstract storeUses(successorIds: readonly string[]): Promise<void>;
  /** Ends an active session of the user. Returns whether there was one. */
  abstract endSession(sessionId: string, userId: string): Promise<boolean>;
  /** Ends all active sessions of a user; returns their ids. */
  abstract endAllSessions(userId: string): Promise<string[]>;
  /**
   * Deletes the refresh tokens of a deleted account, and the addresses and user agents of its sessions. The end of the
   * sessions stays recorded for longer than every node needs to read it.
   */
  abstract eraseDevices(userId: string): Promise<void>;
  /** Returns which of these sessions have ended. */
  abstract findEndedAmong(sessionIds: readonly string[]): Promise<string[]>;
  /** The ids of sessions that have ended within this number of seconds. */
  abstract findEndedWithin(seconds: number): Promise<string[]>;
}
