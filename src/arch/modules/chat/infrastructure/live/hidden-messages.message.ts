import { z } from 'zod';
import type { HiddenMessages } from '../../domain/events/hidden-messages.js';

const hiddenMessagesSchema = z.object({
  conversationId: z.uuid(),
  userId: z.uuid(),
  visibleFromSeq: z.int().positive(),
  rev: z.int().nonnegative(),
});

export function encodeHiddenMessages(hidden: HiddenMessages): string {
  const { conversationId, userId, visibleFromSeq, rev } = hidden;
  return JSON.stringify({ conversationId, userId, visibleFromSeq, rev } satisfies HiddenMessages);
}

/** Returns null for what a node of another version sends. */
export function parseHiddenMessages(text: string): HiddenMessages | null {
  try {
    return hiddenMessagesSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
