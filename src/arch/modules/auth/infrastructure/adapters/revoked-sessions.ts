/** Some 15 MiB. */
const MAX_REVOKED = 100_000;

/**
 * Sessions that ended within the life of an access token. When there are more than can be remembered, the oldest are
 * forgotten, and no token counts any more that is as old: whose session goes on gets another one.
 */
export class RevokedSessions {
  /** Each id with the time (ms) at which it was heard of, in the order of these. */
  private readonly sessions = new Map<string, number>();
  private forgotten = 0;

  /** @param lifetime milliseconds after which no access token of a session that has ended can be alive */
  constructor(
    private readonly lifetime: number,
    private readonly maxRemembered = MAX_REVOKED,
  ) {}

  get size(): number {
    return this.sessions.size;
  }

  /** Until when (ms) a token may have been issued to a session of which is not known any more that it has ended. */
  get forgottenUntil(): number {
    return this.forgotten;
  }

  has(id: string): boolean {
    return this.sessions.has(id);
  }

  /** Whether that was news. */
  add(id: string, now: number): boolean {
    if (this.sessions.has(id)) return false;
    this.sessions.set(id, now);
    if (this.sessions.size > this.maxRemembered) this.forgetOldest();
    return true;
  }

  /** Lets go of those of which no token can be alive. */
  evictExpired(now: number): void {
    for (const [id, heardAt] of this.sessions) {
      if (heardAt + this.lifetime > now) return;
      this.sessions.delete(id);
    }
  }

  private forgetOldest(): void {
    const [oldest] = this.sessions;
    if (!oldest) return;
    const [id, heardAt] = oldest;
    this.sessions.delete(id);
    this.forgotten = heardAt;
  }
}
