import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { guardListener } from '../../../common/application/guard-listener.js';
import { MinuteLog } from '../../../common/application/minute-log.js';
import { PAIRS_MAX } from '../../chat/application/ports/acquaintance.port.js';
import { AnnouncedStates } from './announced-states.js';
import { PresencePublisherPort } from './ports/presence-publisher.port.js';
import { PresenceReader } from './presence-reader.js';
import { PresenceWatchers, type Watcher } from './presence-watchers.js';

/** Milliseconds until announcements are tried again whose permission could not be read. */
const RETRY = 1_000;

/** A user to announce, and the watching sockets of one other user. */
interface Announcement {
  readonly userId: string;
  readonly viewerId: string;
  readonly watchers: readonly Watcher[];
}

/**
 * Emits changes of presence to the sockets that watch a user and may see it now. One statement is in flight at a time,
 * for many users; what changes meanwhile waits for the next one, and the last state is emitted.
 */
@Injectable()
export class PresenceAnnouncer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Presence');
  private readonly failures = new MinuteLog<unknown>((count, last) =>
    this.logger.warn(`Changes of presence wait, as the database cannot be read (${count}): ${String(last)}`),
  );
  /** In the order of their changes. */
  private readonly waiting = new Set<string>();
  private isRunning = false;
  private isStopped = false;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly watchers: PresenceWatchers,
    private readonly reader: PresenceReader,
    private readonly states: AnnouncedStates,
    private readonly publisher: PresencePublisherPort,
  ) {}

  onApplicationBootstrap(): void {
    this.states.onAnnouncement((userId) => {
      this.waiting.add(userId);
      if (!this.isRunning) this.announceAll();
    });
  }

  onApplicationShutdown(): void {
    this.isStopped = true;
    this.waiting.clear();
    clearTimeout(this.retry);
  }

  private readonly announceAll = guardListener(async () => {
    this.isRunning = true;
    while (this.waiting.size > 0 && !this.isStopped) {
      const announcements = this.takeAnnouncements();
      try {
        while (announcements.length > 0) {
          await this.announceSome(announcements.slice(0, PAIRS_MAX));
          announcements.splice(0, PAIRS_MAX);
        }
      } catch (error) {
        this.failures.logDetail(error);
        for (const { userId } of announcements) this.waiting.add(userId);
        // It is running until then.
        if (!this.isStopped) this.retry = setTimeout(this.announceAll, RETRY).unref();
        return;
      }
    }
    this.isRunning = false;
  });

  /** Takes waiting users until their watchers fill a statement; those of the last user may fill several. */
  private takeAnnouncements(): Announcement[] {
    const taken: Announcement[] = [];
    for (const userId of this.waiting) {
      if (taken.length >= PAIRS_MAX) break;
      this.waiting.delete(userId);
      for (const [viewerId, watchers] of this.watchers.watchersOf(userId))
        taken.push({ userId, viewerId, watchers });
    }
    return taken;
  }

  private async announceSome(announcements: readonly Announcement[]): Promise<void> {
    const found = await this.reader.readPresence(
      announcements.map(({ viewerId, userId }) => [viewerId, userId]),
    );
    const sockets = new Map<string, string[]>();
    for (const [index, { userId, watchers }] of announcements.entries()) {
      if (!found[index]) continue;
      const ids = watchers
        .filter((watcher) => this.watchers.isCurrent(watcher))
        .map(({ socketId }) => socketId);
      sockets.set(userId, [...(sockets.get(userId) ?? []), ...ids]);
    }
    for (const presence of new Map(found.map((each) => [each?.userId, each])).values()) {
      const ids = presence && sockets.get(presence.userId);
      if (ids && ids.length > 0) this.publisher.publishPresence(ids, presence);
    }
  }
}
