import { z } from 'zod';
import type { Eviction } from '../../domain/events/eviction.js';

const evictionSchema = z.object({
  conversationId: z.uuid(),
  rev: z.int().nonnegative(),
  userId: z.uuid().nullable(),
});

export function encodeEviction({ conversationId, rev, userId }: Eviction): string {
  return JSON.stringify({ conversationId, rev, userId } satisfies Eviction);
}

/** Returns null for what a node of another version sends. */
export function parseEviction(text: string): Eviction | null {
  try {
    return evictionSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
