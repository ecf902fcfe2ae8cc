import { z } from 'zod';

const busMessageSchema = z.strictObject({
  channel: z.string(),
  message: z.string(),
});

export type BusMessage = z.output<typeof busMessageSchema>;

/** Returns null for a message that is none, which a node of another version may publish. */
export function parseBusMessage(text: string): BusMessage | null {
  try {
    return busMessageSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
