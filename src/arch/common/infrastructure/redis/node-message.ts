import { z } from 'zod';

/** Names that a Socket.IO client would take for its own connection's. */
const RESERVED = new Set(['connect', 'connect_error', 'disconnect', 'disconnecting']);
const eventName = z.string().refine((name) => !RESERVED.has(name));

/** What `serverSideEmit` of `@socket.io/redis-adapter` writes for an event of a room; newer nodes may add fields. */
const nodeMessageSchema = z.object({
  uid: z.string(),
  type: z.literal(6),
  /** Set when an answer is wanted, which nobody here asks for. */
  requestId: z.never().optional(),
  /** `room`, its name, the event, the payload, and a room whose sockets get nothing. */
  data: z
    .tuple([z.literal('room'), z.string(), eventName, z.looseObject({}), z.string().optional()])
    .rest(z.unknown()),
});

/** Whether a message is one of ours: a node of another version may say more than this one knows. */
export function isNodeMessage(message: Buffer): boolean {
  try {
    return nodeMessageSchema.safeParse(JSON.parse(message.toString())).success;
  } catch {
    return false;
  }
}
