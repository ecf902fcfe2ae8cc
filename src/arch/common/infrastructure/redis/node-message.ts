import { z } from 'zod';

const node = z.uuid();

const nodeMessageSchema = z.discriminatedUnion('kind', [
  /** A sign of life. */
  z.object({ kind: z.literal('heartbeat'), node }),
  /** The node stops, and publishes nothing more. */
  z.object({ kind: z.literal('stopped'), node }),
  z.object({ kind: z.literal('request'), node, id: z.uuid(), subject: z.string(), request: z.string() }),
  /** The node has done what the other one asked for. */
  z.object({ kind: z.literal('done'), node, to: z.uuid(), id: z.uuid() }),
]);

export type NodeMessage = z.output<typeof nodeMessageSchema>;

/** Returns null for a message of a kind that a node of another version has. */
export function parseNodeMessage(text: string): NodeMessage | null {
  try {
    return nodeMessageSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
