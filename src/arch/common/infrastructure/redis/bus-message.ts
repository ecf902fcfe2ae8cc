import { z } from 'zod';

const busMessageSchema = z.strictObject({
  /** Who says it. */
  node: z.string(),
  channel: z.string(),
  message: z.string(),
});

export type BusMessage = z.output<typeof busMessageSchema>;

/** Null for what is not ours: anybody with the password can publish. */
export function parseBusMessage(text: string): BusMessage | null {
  try {
    return busMessageSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
