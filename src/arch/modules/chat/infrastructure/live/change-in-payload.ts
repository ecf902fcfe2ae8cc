import type { RevPosition } from '../../domain/events/rev-order.js';

/** The change of a conversation that an event shows. */
export interface ShownChange extends RevPosition {
  /** The user whose membership it has ended. */
  readonly formerMemberId?: string;
}

/** Returns the change that an event for a conversation's room shows; null for an event without a `rev`. */
export function changeIn(room: string, event: string, payload: object): ShownChange | null {
  const { conversationId, rev, prevRev, userId } = payload as Readonly<Record<string, unknown>>;
  if (conversationId !== room || typeof rev !== 'number') return null;
  return {
    rev,
    ...(typeof prevRev === 'number' && { prevRev }),
    ...(event === 'member_removed' && typeof userId === 'string' && { formerMemberId: userId }),
  };
}
