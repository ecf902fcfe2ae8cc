import type { RevPosition } from '../../domain/events/rev-order.js';

/** The change of a conversation that an event shows. */
export interface ShownChange extends RevPosition {
  /** Of the message that it shows. */
  readonly seq?: number;
  /** Of the message to which that one replies. */
  readonly replyToSeq?: number;
  /** The user whose membership it has ended. */
  readonly formerMemberId?: string;
}

/** Returns the change that an event for a conversation's room shows; null for an event without a `rev`. */
export function changeIn(room: string, event: string, payload: object): ShownChange | null {
  const fields = fieldsOf(payload);
  const { conversationId, rev, prevRev, userId } = fields;
  if (conversationId !== room || typeof rev !== 'number') return null;
  const message = event === 'message_updated' ? fieldsOf(fields['message']) : fields;
  const { seq } = message;
  const { seq: replyToSeq } = fieldsOf(message['replyTo']);
  return {
    rev,
    ...(typeof prevRev === 'number' && { prevRev }),
    ...(typeof seq === 'number' && { seq }),
    ...(typeof replyToSeq === 'number' && { replyToSeq }),
    ...(event === 'member_removed' && typeof userId === 'string' && { formerMemberId: userId }),
  };
}

/** The payload for sockets that may not see the message to which the shown one replies: its id and place alone. */
export function withoutTarget(event: string, payload: object): object {
  if (event !== 'message_updated') return abridge(payload);
  return { ...payload, message: abridge(fieldsOf(fieldsOf(payload)['message'])) };
}

function abridge(message: object): object {
  const { id, seq } = fieldsOf(fieldsOf(message)['replyTo']);
  return { ...message, replyTo: { id, seq } };
}

/** What JSON of another node may lack is absent. */
function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
