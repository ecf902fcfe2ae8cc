import type { RevPosition } from '../../domain/events/rev-order.js';

/** The change of a conversation that an event shows. */
export interface ShownChange extends RevPosition {
  /** Of the message that it shows. */
  readonly seq?: number;
  /** The user whose membership it has ended. */
  readonly formerMemberId?: string;
}

/** Returns the change that an event for a conversation's room shows; null for an event without a `rev`. */
export function changeIn(room: string, event: string, payload: object): ShownChange | null {
  const { conversationId, rev, prevRev, seq, userId } = payload as Readonly<Record<string, unknown>>;
  if (conversationId !== room || typeof rev !== 'number') return null;
  return {
    rev,
    ...(typeof prevRev === 'number' && { prevRev }),
    ...(typeof seq === 'number' && { seq }),
    ...(event === 'member_removed' && typeof userId === 'string' && { formerMemberId: userId }),
  };
}
