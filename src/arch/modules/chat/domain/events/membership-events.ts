import type { OwnMembership } from '../models/own-membership.model.js';
import type { ChatEvent } from './chat-event.js';

interface Changed {
  readonly me: OwnMembership;
  readonly lastReadSeq: number;
  readonly showsReading: boolean;
  readonly moved: boolean;
  readonly changed: boolean;
}

/**
 * The events of a changed membership.
 * @param socketId the socket that is answered the new state in another way
 */
export function eventsOfMembership(
  conversationId: string,
  userId: string,
  { me, lastReadSeq, showsReading, moved, changed }: Changed,
  socketId?: string,
): readonly ChatEvent[] {
  return [
    ...(moved && showsReading
      ? [{ kind: 'message_read' as const, conversationId, userId, lastReadSeq }]
      : []),
    ...(changed ? [{ kind: 'me_updated' as const, conversationId, userId, me, socketId }] : []),
  ];
}
