import { z } from 'zod';
import type { RevPosition } from '../../../domain/events/rev-order.js';

/** What is not there is `rev - 1`: live events and answers to old clients stay byte for byte the same. */
export const prevRevSchema = z.int().nonnegative().optional().meta({
  description:
    'Whoever knows all changes up to this `rev` misses none before this one. Absent: `rev - 1`. The numbers in between belong to earlier states of messages that have changed again, or to messages that are hidden from you.',
});

export function withPrevRev<Payload extends object>(
  payload: Payload,
  { rev, prevRev = rev - 1 }: RevPosition,
): Payload & { prevRev?: number } {
  return prevRev === rev - 1 ? payload : { ...payload, prevRev };
}
