import { Injectable } from '@nestjs/common';
import { eq, isNotNull, sql } from 'drizzle-orm';
import { BusPort } from '../../../../common/application/ports/bus.port.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { users } from '../../../../common/infrastructure/database/users.table.js';
import type { ProfileChangesPort, ShownProfile } from '../../application/ports/profile-changes.port.js';

const CHANNEL = 'profiles';
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The other nodes are told whose profile has changed, and read it: so each emits what is stored then, in whatever order it
 * hears of changes.
 */
@Injectable()
export class ProfileChangesAdapter implements ProfileChangesPort {
  private readonly listeners: ((userId: string) => void)[] = [];

  constructor(
    private readonly database: Database,
    private readonly bus: BusPort,
  ) {
    bus.subscribe(CHANNEL, (userId) => void (UUID.test(userId) && this.notifyListeners(userId)));
  }

  async findProfile(userId: string): Promise<ShownProfile | null> {
    const [found] = await this.database.query((db) =>
      db
        .select({
          userId: users.id,
          displayName: users.displayName,
          avatarUrl: users.avatarUrl,
          // The microseconds of the last change: each has a later one than that before (ADR 67).
          version: sql<number>`(extract(epoch from ${users.updatedAt}) * 1000000)::float8`,
          isDeleted: sql<boolean>`${isNotNull(users.deletedAt)}`,
        })
        .from(users)
        .where(eq(users.id, userId)),
    );
    return found ?? null;
  }

  announceChange(userId: string): void {
    this.bus.publish(CHANNEL, userId);
    this.notifyListeners(userId);
  }

  onChange(listener: (userId: string) => void): void {
    this.listeners.push(listener);
  }

  private notifyListeners(userId: string): void {
    for (const listener of this.listeners) listener(userId);
  }
}
