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

/** Milliseconds. */
const SEALED_FOR = 10_000;
const DAY = 86_400_000;

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
    for (const session of displaced) session.endedAt = Date.now();
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
      session.endedAt = Date.now();
      return { outcome: 'too_old', userId, sessionId: id };
    }
    if (token.rotatedAt === null) {
      if (token.expiresAt < Date.now()) return { outcome: 'invalid' };
      const successor = this.addToken(id, token);
      Object.assign(token, { rotatedAt: Date.now(), sealed: successor });
      if (token.predecessor) token.predecessor.sealed = null;
      Object.assign(session, { lastUsedAt: new Date(), ...device });
      return { outcome: 'rotated', userId, session: { id, secondsLeft, refreshToken: successor } };
    }
    if (token.sealed !== null && token.rotatedAt > Date.now() - SEALED_FOR) {
      return { outcome: 'rotated', userId, session: { id, secondsLeft, refreshToken: token.sealed } };
    }
    session.endedAt = Date.now();
    return { outcome: 'reused', userId, sessionId: id };
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
    if (found) found.endedAt = Date.now();
    return found !== undefined;
  }

  async endAllSessions(userId: string): Promise<string[]> {
    const found = this.activeSessionsOf(userId);
    for (const session of found) session.endedAt = Date.now();
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

  async eraseSealed(): Promise<void> {
    for (const token of this.tokens.values()) {
      if (token.rotatedAt !== null && token.rotatedAt < Date.now() - SEALED_FOR) token.sealed = null;
    }
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

  private addToken(sessionId: string, predecessor: StoredToken | null): string {
    const token = randomBytes(32).toString('base64url');
    const expiresAt = Date.now() + this.lifetime;
    this.tokens.set(token, { sessionId, expiresAt, rotatedAt: null, sealed: null, predecessor });
    return token;
  }
}
