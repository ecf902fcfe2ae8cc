import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { guardListener } from '../../../../common/application/guard-listener.js';
import { BusPort } from '../../../../common/application/ports/bus.port.js';
import { ConnectedUsersPort } from '../../../../common/application/ports/connected-users.port.js';
import { BatchedLookup } from '../../../../common/infrastructure/database/batched-lookup.js';
import { Database, type Session } from '../../../../common/infrastructure/database/database.js';
import { users } from '../../../../common/infrastructure/database/users.table.js';
import type { ReadReceiptsPort } from '../../application/ports/read-receipts.port.js';

const CHANNEL = 'read-receipts';
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Milliseconds between polls of the database, which find changes whose announcement was lost. */
const POLL_INTERVAL = 60_000;
/** Maximum users whose settings are read together: other look-ups go between. */
const POLLED = 1_000;

const selectSettings = (db: Session) =>
  db
    .select({ id: users.id, areOn: users.readReceipts })
    .from(users)
    .where(sql`${users.id} = any (${sql.placeholder('ids')}::uuid[])`)
    .prepare('read_receipts');

/**
 * Keeps no setting: a socket's is asked for once, and what has changed is read again. Answers come in the order of their
 * requests, and each request begins after the commit that it is for: so the last state is heard last.
 */
@Injectable()
export class ReadReceiptsAdapter implements ReadReceiptsPort, OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('ReadReceipts');
  private readonly lookup: BatchedLookup<boolean>;
  private readonly listeners: ((userId: string, areOn: boolean) => void)[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    database: Database,
    private readonly bus: BusPort,
    private readonly connected: ConnectedUsersPort,
  ) {
    const select = database.prepare(selectSettings);
    this.lookup = new BatchedLookup(database, async (ids) => {
      const found = new Map((await select({ ids })).map(({ id, areOn }) => [id, areOn]));
      return ids.map((id) => found.get(id) ?? true);
    });
    database.epoch.onRenewal(() => void this.pollConnected());
    bus.subscribe(CHANNEL, (userId) => void (UUID.test(userId) && this.refreshUsers([userId])));
  }

  onApplicationBootstrap(): void {
    if (this.bus.reachesNodes) this.schedulePoll();
  }

  onModuleDestroy(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  areOn(userId: string): Promise<boolean> {
    return this.lookup.findValue(userId);
  }

  announceChange(userId: string): Promise<void> {
    this.bus.publish(CHANNEL, userId);
    return this.refreshUsers([userId]);
  }

  onChange(listener: (userId: string, areOn: boolean) => void): void {
    this.listeners.push(listener);
  }

  private async pollConnected(): Promise<void> {
    const ids = this.connected.listConnected();
    for (let from = 0; from < ids.length; from += POLLED) {
      await this.refreshUsers(ids.slice(from, from + POLLED));
    }
  }

  private async refreshUsers(userIds: readonly string[]): Promise<void> {
    try {
      await Promise.all(userIds.map(async (id) => this.hear(id, await this.lookup.findValue(id))));
    } catch (error) {
      this.logger.warn(
        `Could not read whether users show how far they have read: ${(error as Error).message}`,
      );
    }
  }

  private hear(userId: string, areOn: boolean): void {
    for (const listener of this.listeners) listener(userId, areOn);
  }

  private schedulePoll(): void {
    const poll = guardListener(() => this.pollConnected().finally(() => this.timer && this.schedulePoll()));
    this.timer = setTimeout(poll, POLL_INTERVAL).unref();
  }
}
