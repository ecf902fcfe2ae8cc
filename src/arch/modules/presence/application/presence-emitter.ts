import { Injectable } from '@nestjs/common';
import { hiddenPresence, type Presence } from '../domain/models/presence.model.js';
import { PresencePublisherPort } from './ports/presence-publisher.port.js';
import { PresenceWatchers, type WatchedPair } from './presence-watchers.js';

/** Emits to each socket what differs from what it has been shown. */
@Injectable()
export class PresenceEmitter {
  constructor(
    private readonly watchers: PresenceWatchers,
    private readonly publisher: PresencePublisherPort,
  ) {}

  /**
   * Who has been shown online, and may not be seen any more, is emitted as `offline` without a time, once.
   * @param found what each pair's viewer may see, null for nothing
   * @returns users that may not be shown online yet, with milliseconds until then
   */
  emitChanges(
    pairs: readonly WatchedPair[],
    found: readonly (Presence | null)[],
  ): ReadonlyMap<string, number> {
    const now = performance.now();
    const emissions = new Map<string, { readonly presence: Presence; readonly socketIds: string[] }>();
    const postponed = new Map<string, number>();
    for (const [index, { userId, watchers }] of pairs.entries()) {
      const presence = found[index] ?? hiddenPresence(userId);
      const key = `${userId} ${found[index] ? 'seen' : 'hidden'}`;
      const socketIds = emissions.get(key)?.socketIds ?? [];
      emissions.set(key, { presence, socketIds });
      for (const watcher of watchers) {
        if (!this.watchers.isCurrent(watcher) || !watcher.lacksPresence(presence)) continue;
        const wait = presence.status === 'online' ? watcher.timeUntilOnline(userId, now) : 0;
        if (wait > 0) postponed.set(userId, wait);
        else {
          watcher.presenceEmitted(presence, now);
          socketIds.push(watcher.socketId);
        }
      }
    }
    for (const { presence, socketIds } of emissions.values())
      if (socketIds.length > 0) this.publisher.publishPresence(socketIds, presence);
    return postponed;
  }
}
