import { guardListener } from '../../../../common/application/guard-listener.js';
import type { ChatEvent } from '../../domain/events/chat-event.js';
import type { ChatPublisherPort } from '../../application/ports/chat-publisher.port.js';

/** Events that are published in one turn of the event loop: they take some milliseconds, with Redis too. */
const EVENTS_PER_TURN = 50;

/**
 * Publishes events in their order, the first ones at once. The deletion of a large conversation has one for each member:
 * the others wait for later turns of the event loop, so that other work runs in between.
 */
export function publishInTurns(events: readonly ChatEvent[], live: ChatPublisherPort, first = 0): void {
  const next = first + EVENTS_PER_TURN;
  for (const event of events.slice(first, next)) live.publish(event);
  if (next < events.length) setImmediate(guardListener(() => publishInTurns(events, live, next)));
}
