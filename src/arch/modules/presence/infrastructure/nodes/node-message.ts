import { z } from 'zod';

/** Users of one message, at most. */
const MESSAGE_USERS = 1_000;

/** Characters of a UUID. */
const ID_LENGTH = 36;

const node = z.string().max(ID_LENGTH);
const version = z.int().nonnegative();
const users = z.array(z.string().max(ID_LENGTH)).max(MESSAGE_USERS);

/** What nodes publish about the users that have a socket on them. */
const nodeMessageSchema = z.discriminatedUnion('kind', [
  /** The node lives, and its users are those of this version. */
  z.object({ kind: z.literal('alive'), node, version }),
  /** Users whose first socket has connected to the node, or whose last one has disconnected: a version more. */
  z.object({ kind: z.literal('changed'), node, version, came: users, went: users }),
  /** A part of all users of the node, in the order of the parts. */
  z.object({
    kind: z.literal('all'),
    node,
    version,
    part: z.int().nonnegative(),
    isLast: z.boolean(),
    users,
  }),
  /** A request to this node for all of its users. */
  z.object({ kind: z.literal('asked'), node }),
]);

export type NodeMessage = z.output<typeof nodeMessageSchema>;

/** Returns no users for a message that is none. */
export function parseUsers(text: string): readonly string[] {
  try {
    return users.parse(JSON.parse(text));
  } catch {
    return [];
  }
}

/** Returns null for a message that is none, which a node of another version may publish. */
export function parseNodeMessage(text: string): NodeMessage | null {
  try {
    return nodeMessageSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** At least one part, which may be empty. */
export function inParts<T>(values: readonly T[]): T[][] {
  const count = Math.max(1, Math.ceil(values.length / MESSAGE_USERS));
  return Array.from({ length: count }, (_, part) =>
    values.slice(part * MESSAGE_USERS, (part + 1) * MESSAGE_USERS),
  );
}
