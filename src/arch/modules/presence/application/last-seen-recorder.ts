import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { guardListener } from '../../../common/application/guard-listener.js';
import { InFlightWork } from '../../../common/application/in-flight-work.js';
import { MinuteLog } from '../../../common/application/minute-log.js';
import { ConnectedUsersPort } from '../../../common/application/ports/connected-users.port.js';
import { PresenceStorePort, SEEN_MAX } from './ports/presence-store.port.js';

/** Milliseconds between two writes of all connected users: after a crash no time is older than that. */
const INTERVAL = 60_000;
/** Milliseconds until the users who have gone are written: before their absence is announced. */
const SOON = 5_000;
/** Maximum users who have gone and are not written yet, while the database is unavailable: about 10 MiB. */
const MAX_GONE = 65_536;

/** Records when the users of this node were last seen, many in one statement. What cannot be written waits for the next one. */
@Injectable()
export class LastSeenRecorder implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Presence');
  private readonly failures = new MinuteLog<unknown>((count, last) =>
    this.logger.warn(`When users were last seen could not be stored (${count}): ${String(last)}`),
  );
  /** When users have gone whose times are not written yet, on a monotonic clock, the longest ago first. */
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
      return [...this.connected.listConnected().map((userId) => [userId, now] as const), ...this.listGone()];
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
    return this.write(() => this.listGone());
  });

  private readonly writeLast = guardListener(async () => {
    this.work.beginOwnWork();
    await this.writeAll();
    this.work.endOwnWork();
  });

  /** Those who have come back are written with the connected ones. */
  private listGone(): (readonly [string, number])[] {
    for (const userId of this.gone.keys()) if (this.connected.isConnected(userId)) this.gone.delete(userId);
    return [...this.gone];
  }

  private write(list: () => readonly (readonly [string, number])[]): Promise<void> {
    this.writing = this.writing
      .then(() => this.writeBatches(list()))
      .catch((error: unknown) => this.failures.logDetail(error));
    return this.writing;
  }

  private async writeBatches(seen: readonly (readonly [string, number])[]): Promise<void> {
    for (let start = 0; start < seen.length; start += SEEN_MAX) {
      const now = performance.now();
      const batch = seen.slice(start, start + SEEN_MAX);
      await this.store.recordSeen(batch.map(([userId, at]) => ({ userId, age: Math.round(now - at) })));
      for (const [userId, at] of batch) if (this.gone.get(userId) === at) this.gone.delete(userId);
    }
  }
}
