import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { CursorInvalidError } from '../../src/arch/common/domain/errors/cursor-invalid.error.js';
import type {
  OpenedSession,
  Rotation,
  SessionPage,
  SessionRepositoryPort,
} from '../../src/arch/modules/auth/application/ports/session-repository.port.js';
import {
  type Device,
  MAX_SESSIONS,
  type Session,
} from '../../src/arch/modules/auth/domain/models/session.model.js';

type StoredSession = { -readonly [Key in keyof Session]: Session[Key] } & {
  readonly userId: string;
  endedAt: number | null;
};

interface StoredToken {
  readonly sessionId: string;
  expiresAt: number;
  rotatedAt: number | null;
  /** The successor, as long as the token yields it. */
  sealed: string | null;
  readonly predecessor: StoredToken | null;
}

/** Milliseconds; how long a token yields its successor. */
const DAY = 86_400_000;
const SEALED_FOR = DAY;

const nameOf = (token: string) => `name of ${token}`;

/** Stores the tokens themselves, which the real repository must not do. */
export class SessionRepositoryFake implements SessionRepositoryPort {
  sessions = new Map<string, StoredSession>();
  tokens = new Map<string, StoredToken>();

  /**
   * @param lifetime lifetime of a refresh token, in milliseconds
   * @param maxAge maximum age of a session, in milliseconds
   */
  constructor(
    private readonly lifetime = 7 * DAY,
    private readonly maxAge = 90 * DAY,
  ) {}

  /** Session ids, each with its user. */
  get owners(): Map<string, string> {
    return new Map([...this.sessions.values()].map(({ id, userId }) => [id, userId]));
  }

  async openSession(userId: string, device: Device): Promise<OpenedSession & { displaced: string[] }> {
    const id = randomUUIDv7();
    const now = new Date();
    this.sessions.set(id, { id, userId, createdAt: now, lastUsedAt: now, ...device, endedAt: null });
    const displaced = this.recent(userId)
      .filter((session) => session.id !== id)
      .slice(MAX_SESSIONS - 1);
    for (const session of displaced) this.end(session);
    return {
      id,
      secondsLeft: (this.endOf({ createdAt: now }).getTime() - now.getTime()) / 1_000,
      refreshToken: this.addToken(id, null),
      displaced: displaced.map((session) => session.id),
    };
  }

  async rotateToken(refreshToken: string, device: Device): Promise<Rotation> {
    const token = this.tokens.get(refreshToken);
    const session = token && this.sessions.get(token.sessionId);
    if (!token || session?.endedAt !== null) return { outcome: 'invalid' };
    const { id, userId } = session;
    const secondsLeft = (this.endOf(session).getTime() - Date.now()) / 1_000;
    if (secondsLeft <= 1) {
      this.end(session);
      return { outcome: 'too_old', userId, sessionId: id };
    }
    if (token.rotatedAt === null && token.expiresAt < Date.now()) return { outcome: 'invalid' };
    const successor = token.rotatedAt === null ? this.succeed(token) : this.repeat(token, token.rotatedAt);
    if (successor === null) {
      this.end(session);
      return { outcome: 'reused', userId, sessionId: id };
    }
    Object.assign(session, { lastUsedAt: new Date(), ...device });
    const successorId = nameOf(successor);
    return {
      outcome: 'rotated',
      userId,
      session: { id, secondsLeft, refreshToken: successor, successorId },
    };
  }

  async storeUses(successorIds: readonly string[]): Promise<void> {
    for (const token of this.tokens.values()) {
      if (token.sealed !== null && successorIds.includes(nameOf(token.sealed))) token.sealed = null;
    }
  }

  async findPage(userId: string, limit: number, cursor?: string): Promise<SessionPage> {
    const all = await this.findByUser(userId);
    const from = cursor === undefined ? 0 : all.findIndex(({ id }) => id === cursor) + 1;
    if (cursor !== undefined && from === 0) throw new CursorInvalidError();
    const data = all.slice(from, from + limit);
    return { data, nextCursor: from + limit < all.length ? (data.at(-1)?.id ?? null) : null };
  }

  /** All of them at once, for tests. */
  async findByUser(userId: string): Promise<Session[]> {
    const now = Date.now();
    return this.recent(userId)
      .filter((session) => session.lastUsedAt.getTime() > now - this.lifetime)
      .filter((session) => this.endOf(session).getTime() > now)
      .map(({ id, createdAt, lastUsedAt, userAgent, ip }) => ({ id, createdAt, lastUsedAt, userAgent, ip }));
  }

  async endSession(sessionId: string, userId: string): Promise<boolean> {
    const found = this.activeSessionsOf(userId).find(({ id }) => id === sessionId);
    if (found) this.end(found);
    return found !== undefined;
  }

  async endAllSessions(userId: string): Promise<string[]> {
    const found = this.activeSessionsOf(userId);
    for (const session of found) this.end(session);
    return found.map(({ id }) => id);
  }

  async eraseDevices(userId: string): Promise<void> {
    for (const session of this.sessions.values()) {
      if (session.userId === userId) Object.assign(session, { ip: null, userAgent: null });
    }
    for (const [token, { sessionId }] of this.tokens) {
      if (this.sessions.get(sessionId)?.userId === userId) this.tokens.delete(token);
    }
  }

  async findEndedAmong(sessionIds: readonly string[]): Promise<string[]> {
    const ended = [...this.sessions.values()].filter(({ endedAt }) => endedAt !== null).map(({ id }) => id);
    return ended.filter((id) => sessionIds.includes(id));
  }

  async findEndedWithin(seconds: number): Promise<string[]> {
    const since = Date.now() - seconds * 1_000;
    return [...this.sessions.values()]
      .filter(({ endedAt }) => endedAt !== null && endedAt > since)
      .map(({ id }) => id);
  }

  /** Returns a function that restores the present state. */
  remember(): () => void {
    const { sessions, tokens } = this;
    const before = structuredClone({ sessions, tokens });
    return () => void Object.assign(this, before);
  }

  private endOf({ createdAt }: { createdAt: Date }): Date {
    return new Date(createdAt.getTime() + this.maxAge);
  }

  /** The active sessions, last used first. */
  private recent(userId: string): StoredSession[] {
    return this.activeSessionsOf(userId).toSorted(
      (one, other) => other.lastUsedAt.getTime() - one.lastUsedAt.getTime() || (one.id < other.id ? 1 : -1),
    );
  }

  private activeSessionsOf(userId: string): StoredSession[] {
    return [...this.sessions.values()].filter(
      (session) => session.userId === userId && session.endedAt === null,
    );
  }

  private end(session: StoredSession): void {
    session.endedAt = Date.now();
    for (const token of this.tokens.values()) if (token.sessionId === session.id) token.sealed = null;
  }

  private succeed(token: StoredToken): string {
    token.rotatedAt = Date.now();
    token.sealed = this.addToken(token.sessionId, token);
    if (token.predecessor) token.predecessor.sealed = null;
    return token.sealed;
  }

  private repeat({ sealed }: StoredToken, rotatedAt: number): string | null {
    const successor = sealed === null ? undefined : this.tokens.get(sealed);
    const now = Date.now();
    return successor && rotatedAt > now - SEALED_FOR && successor.expiresAt > now ? sealed : null;
  }

  private addToken(sessionId: string, predecessor: StoredToken | null): string {
    const token = randomBytes(32).toString('base64url');
    const expiresAt = Date.now() + this.lifetime;
    this.tokens.set(token, { sessionId, expiresAt, rotatedAt: null, sealed: null, predecessor });
    return token;
  }
}
