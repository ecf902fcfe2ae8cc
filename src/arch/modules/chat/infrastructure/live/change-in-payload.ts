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
  const fields = payload as Readonly<Record<string, unknown>>;
  const { conversationId, rev, prevRev, userId } = fields;
  if (conversationId !== room || typeof rev !== 'number') return null;
  const seq = event === 'message_updated' ? seqOf(fields['message']) : fields['seq'];
  return {
    rev,
    ...(typeof prevRev === 'number' && { prevRev }),
    ...(typeof seq === 'number' && { seq }),
    ...(event === 'member_removed' && typeof userId === 'string' && { formerMemberId: userId }),
  };
}

function seqOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'seq' in message ? message.seq : undefined;
}
