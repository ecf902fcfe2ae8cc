import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { guardListener } from '../../../common/application/guard-listener.js';
import { InFlightWork } from '../../../common/application/in-flight-work.js';
import { ConnectedUsersPort } from '../../../common/application/ports/connected-users.port.js';
import { PresenceStorePort, SEEN_MAX } from './ports/presence-store.port.js';

/** Milliseconds between two writes of all connected users: after a crash no time is older than that. */
const INTERVAL = 60_000;
/** Milliseconds until the users who have gone are written: before their absence is announced. */
const SOON = 5_000;
/** Maximum users who have gone and are not written yet, while the database is unavailable: about 10 MiB. */
const MAX_GONE = 65_536;

/** Records when the users of this node were last seen, many in one statement. */
@Injectable()
export class LastSeenRecorder implements OnApplicationBootstrap, OnModuleDestroy {
  /** When users have gone, on a monotonic clock, the longest ago first. */
  private readonly gone = new Map<string, number>();
  private interval: NodeJS.Timeout | undefined;
  private soon: NodeJS.Timeout | undefined;
  private isStopped = false;
  /** Writes take turns, so that a batch of this node never waits for another one's locks. */
  private writing = Promise.resolve();

  constructor(
    private readonly connected: ConnectedUsersPort,
    private readonly store: PresenceStorePort,
    private readonly work: InFlightWork,
  ) {}

  onApplicationBootstrap(): void {
    this.connected.onChange((userId, isConnected) => {
      if (!isConnected) this.userHasGone(userId);
    });
    this.interval = setInterval(
      guardListener(() => this.writeAll()),
      INTERVAL,
    ).unref();
  }

  /**
   * The users who are still connected are disconnected soon. The drain begins at once, and waits for the write as for
   * other work in flight.
   */
  onModuleDestroy(): void {
    clearInterval(this.interval);
    clearTimeout(this.soon);
    this.isStopped = true;
    this.writeLast();
  }

  /** Writes all connected users, and those who have gone. */
  private writeAll(): Promise<void> {
    return this.write(() => {
      const now = performance.now();
      return [...this.connected.listConnected().map((userId) => [userId, now] as const), ...this.takeGone()];
    });
  }

  private userHasGone(userId: string): void {
    this.gone.delete(userId);
    const [oldest] = this.gone.keys();
    if (oldest !== undefined && this.gone.size >= MAX_GONE) this.gone.delete(oldest);
    this.gone.set(userId, performance.now());
    if (!this.isStopped) this.soon ??= setTimeout(this.writeGone, SOON).unref();
  }

  private readonly writeGone = guardListener(() => {
    this.soon = undefined;
    return this.write(() => this.takeGone());
  });

  private readonly writeLast = guardListener(async () => {
    this.work.beginOwnWork();
    try {
      await this.writeAll();
    } finally {
      this.work.endOwnWork();
    }
  });

  /** Those who have come back are written with the connected ones. */
  private takeGone(): (readonly [string, number])[] {
    const taken = [...this.gone].filter(([userId]) => !this.connected.isConnected(userId));
    this.gone.clear();
    return taken;
  }

  private write(take: () => readonly (readonly [string, number])[]): Promise<void> {
    const written = this.writing.then(() => this.writeBatches(take()));
    this.writing = written.catch(() => undefined);
    return written;
  }

  private async writeBatches(seen: readonly (readonly [string, number])[]): Promise<void> {
    for (let start = 0; start < seen.length; start += SEEN_MAX) {
      const now = performance.now();
      const batch = seen.slice(start, start + SEEN_MAX);
      await this.store.recordSeen(batch.map(([userId, at]) => ({ userId, age: Math.round(now - at) })));
    }
  }
}
