import type {
  PresenceStorePort,
  SeenUser,
  StoredPresence,
} from '../../src/arch/modules/presence/application/ports/presence-store.port.js';
import type { PresenceAudience } from '../../src/arch/modules/presence/domain/models/presence.model.js';

const MINUTE = 60_000;

export class PresenceStoreFake implements PresenceStorePort {
  /** What each write was asked to record. */
  readonly writes: (readonly SeenUser[])[] = [];
  private readonly accounts = new Map<string, StoredPresence>();
  /** Thrown by each method while it is set. */
  failure: Error | undefined;

  async findStored(userIds: readonly string[]): Promise<ReadonlyMap<string, StoredPresence>> {
    if (this.failure) throw this.failure;
    return new Map([...this.accounts].filter(([id]) => userIds.includes(id)));
  }

  async recordSeen(seen: readonly SeenUser[]): Promise<void> {
    if (this.failure) throw this.failure;
    this.writes.push(seen);
    for (const { userId, age } of seen) {
      const account = this.accounts.get(userId);
      if (!account || account.audience === 'nobody') continue;
      const at = new Date(Math.floor((Date.now() - age) / MINUTE) * MINUTE);
      if (account.lastSeenAt && account.lastSeenAt >= at) continue;
      this.accounts.set(userId, { ...account, lastSeenAt: at });
    }
  }

  /** Creates an account, or changes its setting. */
  setAudience(userId: string, audience: PresenceAudience): void {
    this.accounts.set(userId, { lastSeenAt: this.accounts.get(userId)?.lastSeenAt ?? null, audience });
  }

  deleteAccount(userId: string): void {
    this.accounts.delete(userId);
  }
}
