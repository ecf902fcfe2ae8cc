import type { Device, Session } from '../../domain/models/session.model.js';

export interface OpenedSession {
  readonly id: string;
  /** After which it is over however often it is refreshed: a span, as whoever issues tokens has another clock. */
  readonly secondsLeft: number;
  /** Opaque, 256 bits; only its hash is stored. */
  readonly refreshToken: string;
}

export interface SessionPage {
  readonly data: Session[];
  /** Opaque; null at the end. */
  readonly nextCursor: string | null;
}

/** `reused`: the token was no longer good; `too_old`: its session was. Either has ended that session. */
export type Rotation =
  | { readonly outcome: 'rotated'; readonly userId: string; readonly session: OpenedSession }
  | { readonly outcome: 'reused' | 'too_old'; readonly userId: string; readonly sessionId: string }
  | { readonly outcome: 'invalid' };

export abstract class SessionRepositoryPort {
  /**
   * Opens a session of the user with its first refresh token, in one step. Of more than 50 that go on, those
   * used least lately end: `displaced` names them, and whoever calls announces it.
   */
  abstract openSession(
    userId: string,
    device: Device,
  ): Promise<OpenedSession & { readonly displaced: readonly string[] }>;
  /**
   * Exchanges a refresh token for its successor, in one atomic step. The same token again within 10 s, while
   * the successor is unused, gets the same successor; any other repetition ends the session (RFC 9700, 4.14.2).
   */
  abstract rotateToken(refreshToken: string, device: Device): Promise<Rotation>;
  /**
   * The sessions of a user that go on, last used first.
   * @param cursor a `nextCursor` of before @throws CursorInvalidError when it is not
   */
  abstract findPage(userId: string, limit: number, cursor?: string): Promise<SessionPage>;
  /** Whether there was such a session of that user, and it went on until now. */
  abstract endSession(sessionId: string, userId: string): Promise<boolean>;
  /** Ends all sessions of a user; the ids of those that went on until now. */
  abstract endAllSessions(userId: string): Promise<string[]>;
  /**
   * Erases the refresh tokens of a user who is gone, and from where the sessions were used. That they have ended stays
   * known until every node has heard of it, and longer.
   */
  abstract eraseDevices(userId: string): Promise<void>;
  /** Those of these sessions that have ended. */
  abstract findEndedAmong(sessionIds: readonly string[]): Promise<string[]>;
  /** The ids of sessions that have ended within so many seconds. */
  abstract findEndedWithin(seconds: number): Promise<string[]>;
  /** Erases sealed successors older than 10 s. */
  abstract eraseSealed(): Promise<void>;
}
