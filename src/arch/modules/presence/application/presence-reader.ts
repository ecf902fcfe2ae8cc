import { Injectable } from '@nestjs/common';
import { AcquaintancePort, type Acquaintance } from '../../chat/application/ports/acquaintance.port.js';
import type { Presence } from '../domain/models/presence.model.js';
import { seeEachOther } from '../domain/services/visibility.policy.js';
import { AnnouncedStates } from './announced-states.js';
import { PresenceStorePort, type StoredPresence } from './ports/presence-store.port.js';

/** A reader, and the user whose presence is read. */
export type ReaderPair = readonly [viewerId: string, userId: string];

/** Reads the presence of users as others may see it now. */
@Injectable()
export class PresenceReader {
  constructor(
    private readonly acquaintances: AcquaintancePort,
    private readonly store: PresenceStorePort,
    private readonly states: AnnouncedStates,
  ) {}

  /**
   * In the order of the pairs; null where the reader may not see the user.
   * @param pairs at most `PAIRS_MAX` of the acquaintances
   */
  async readPresence(pairs: readonly ReaderPair[]): Promise<(Presence | null)[]> {
    const ids = [...new Set(pairs.flat())];
    // All are read, whoever they are: the time of an answer does not reveal who hides.
    const [acquaintances, stored] = await Promise.all([
      this.acquaintances.findAcquaintances(pairs),
      this.store.findStored(ids),
    ]);
    return pairs.map(([viewerId, userId], index) => {
      const [viewer, user, known] = [stored.get(viewerId), stored.get(userId), acquaintances[index]];
      return viewer && user && known && isVisible(viewer, user, known) ? this.presenceOf(userId, user) : null;
    });
  }

  private presenceOf(userId: string, { lastSeenAt }: StoredPresence): Presence {
    return this.states.isOnline(userId)
      ? { userId, status: 'online', lastSeenAt: null }
      : { userId, status: 'offline', lastSeenAt };
  }
}

function isVisible(viewer: StoredPresence, user: StoredPresence, known: Acquaintance): boolean {
  return seeEachOther(
    { audience: viewer.audience, hasWritten: known.oneHasWritten },
    { audience: user.audience, hasWritten: known.otherHasWritten },
  );
}
