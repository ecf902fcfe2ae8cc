/** About 15 MiB. */
const MAX_REVOKED = 100_000;

/**
 * Sessions that ended within the lifetime of an access token. Above the maximum the oldest are evicted, and tokens of
 * that age are refused: clients with active sessions refresh theirs.
 */
export class RevokedSessions {
  /** The time (ms) at which each id was added, in that order. */
  private readonly sessions = new Map<string, number>();
  private forgotten = 0;

  /** @param lifetime milliseconds after which all access tokens of an ended session have expired */
  constructor(
    private readonly lifetime: number,
    private readonly maxRemembered = MAX_REVOKED,
  ) {}

  get size(): number {
    return this.sessions.size;
  }

  /** Tokens issued up to this time (ms) may belong to ended sessions that have been evicted. */
  get forgottenUntil(): number {
    return this.forgotten;
  }

  has(id: string): boolean {
    return this.sessions.has(id);
  }

  /** Returns whether the session was not known yet. */
  add(id: string, now: number): boolean {
    if (this.sessions.has(id)) return false;
    this.sessions.set(id, now);
    if (this.sessions.size > this.maxRemembered) this.forgetOldest();
    return true;
  }

  /** Evicts sessions whose tokens have all expired. */
  evictExpired(now: number): void {
    for (const [id, receivedAt] of this.sessions) {
      if (receivedAt + this.lifetime > now) return;
      this.sessions.delete(id);
    }
  }

  private forgetOldest(): void {
    const [oldest] = this.sessions;
    if (!oldest) return;
    const [id, receivedAt] = oldest;
    this.sessions.delete(id);
    this.forgotten = receivedAt;
  }
}
