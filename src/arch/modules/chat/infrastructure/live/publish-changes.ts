import { eventsOfChange } from '../../domain/events/change-events.js';
import { evictionOf } from '../../domain/events/eviction.js';
import type { ChangeKind, StoredChange } from '../../domain/models/conversation-change.model.js';
import { publishInTurns } from './publish-in-turns.js';
import type { ChatPublisherPort } from '../../application/ports/chat-publisher.port.js';

/**
 * Publishes committed changes: former members leave the room first, then the events are emitted.
 * @returns resolves when no node that lives has a former member in the room; never rejects
 */
export async function publishChanges<Kind extends ChangeKind>(
  changes: readonly StoredChange<Kind>[],
  live: ChatPublisherPort,
): Promise<void> {
  const evicted = changes.flatMap((change) => {
    const eviction = evictionOf(change);
    return eviction ? [live.evict(eviction)] : [];
  });
  publishInTurns(changes.flatMap(eventsOfChange), live);
  await Promise.all(evicted);
}
