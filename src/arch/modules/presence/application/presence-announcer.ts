import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { guardListener } from '../../../common/application/guard-listener.js';
import { MinuteLog } from '../../../common/application/minute-log.js';
import { PAIRS_MAX } from '../../chat/application/ports/acquaintance.port.js';
import { AnnouncedStates } from './announced-states.js';
import { VisibilityChangesPort } from './ports/visibility-changes.port.js';
import { PresenceEmitter } from './presence-emitter.js';
import { PresenceReader } from './presence-reader.js';
import { PresenceWatchers, type WatchedPair } from './presence-watchers.js';
import { WaitingPairs } from './waiting-pairs.js';

/** Milliseconds until announcements are tried again whose permission could not be read. */
const RETRY = 1_000;

/**
 * Emits changes of presence, and of who may see it, to the sockets that watch a user. One statement is in flight at a
 * time, for many users; what changes meanwhile waits for the next one, and the last state is emitted.
 */
@Injectable()
export class PresenceAnnouncer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Presence');
  private readonly failures = new MinuteLog<unknown>((count, last) =>
    this.logger.warn(`Changes of presence wait, as the database cannot be read (${count}): ${String(last)}`),
  );
  private readonly waiting: WaitingPairs;
  private readonly postponed = new Set<string>();
  private isRunning = false;
  private isStopped = false;
  private retry: NodeJS.Timeout | undefined;
  private postponement: NodeJS.Timeout | undefined;

  constructor(
    watchers: PresenceWatchers,
    private readonly reader: PresenceReader,
    private readonly states: AnnouncedStates,
    private readonly visibility: VisibilityChangesPort,
    private readonly emitter: PresenceEmitter,
  ) {
    this.waiting = new WaitingPairs(watchers);
  }

  onApplicationBootstrap(): void {
    this.states.onAnnouncement((userId) => this.checkWatched([userId]));
    this.visibility.onChange((userId) => {
      this.waiting.addViewer(userId);
      this.checkWatched([userId]);
    });
  }

  onApplicationShutdown(): void {
    this.isStopped = true;
    this.waiting.clear();
    clearTimeout(this.retry);
    clearTimeout(this.postponement);
  }

  /** Checks again what the sockets of a user have been shown. */
  checkViewer(userId: string): void {
    this.waiting.addViewer(userId);
    this.checkWatched([]);
  }

  private checkWatched(userIds: Iterable<string>): void {
    for (const userId of userIds) this.waiting.addWatched(userId);
    if (!this.isRunning) this.announceAll();
  }

  private readonly announceAll = guardListener(async () => {
    this.isRunning = true;
    while (!this.waiting.isEmpty && !this.isStopped) {
      const pairs = this.waiting.takePairs(PAIRS_MAX);
      try {
        while (pairs.length > 0) {
          await this.announceSome(pairs.slice(0, PAIRS_MAX));
          pairs.splice(0, PAIRS_MAX);
        }
      } catch (error) {
        this.failures.logDetail(error);
        for (const { userId } of pairs) this.waiting.addWatched(userId);
        // It is running until then.
        if (!this.isStopped) this.retry = setTimeout(this.announceAll, RETRY).unref();
        return;
      }
    }
    this.isRunning = false;
  });

  private async announceSome(pairs: readonly WatchedPair[]): Promise<void> {
    const found = await this.reader.readPresence(pairs.map(({ viewerId, userId }) => [viewerId, userId]));
    if (this.isStopped) return;
    for (const [userId, wait] of this.emitter.emitChanges(pairs, found)) {
      this.postponed.add(userId);
      this.postponement ??= setTimeout(this.checkPostponed, Math.ceil(wait)).unref();
    }
  }

  private readonly checkPostponed = guardListener(() => {
    this.postponement = undefined;
    const userIds = [...this.postponed];
    this.postponed.clear();
    this.checkWatched(userIds);
  });
}
