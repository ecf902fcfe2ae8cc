import { z } from 'zod';

/** An event for the sockets of a room, wherever they are. */
export interface RoomEvent {
  readonly room: string;
  readonly event: string;
  readonly payload: object;
  /** A room whose sockets do not get it. */
  readonly except: string | undefined;
  /** Of the database, when the event was published; older nodes do not say. */
  readonly epoch: string | undefined;
}

/** Names that a Socket.IO client would take for its own connection's. */
const RESERVED = new Set(['connect', 'connect_error', 'disconnect', 'disconnecting']);
const eventName = z.string().refine((name) => !RESERVED.has(name));

/** Of `@socket.io/redis-adapter`: an event for the server side of a namespace. */
const SERVER_SIDE_EMIT = 6;

/**
 * What nodes publish: as `@socket.io/redis-adapter` did, so that older nodes, which have it, and this one deliver to
 * each other. Newer nodes may add fields.
 */
const messageSchema = z.object({
  type: z.literal(SERVER_SIDE_EMIT),
  /** Set when an answer is wanted, which no node asks for. */
  requestId: z.never().optional(),
  /** `room`, its name, the event, the payload, the room that is left out (older nodes take no other than a text), the epoch. */
  data: z
    .tuple([
      z.literal('room'),
      z.string(),
      eventName,
      z.looseObject({}),
      z.string().optional(),
      z.string().optional(),
    ])
    .rest(z.unknown()),
});

export function encodeRoomEvent(published: RoomEvent & { readonly epoch: string }): string {
  const { room, event, payload, except = '', epoch } = published;
  // An older node takes what has its own `uid` for an echo.
  return JSON.stringify({
    uid: '',
    type: SERVER_SIDE_EMIT,
    data: ['room', room, event, payload, except, epoch],
  });
}

/** Null for what is none: a node of another version may publish more than this one knows. */
export function parseRoomEvent(message: string): RoomEvent | null {
  try {
    const [, room, event, payload, except, epoch] = messageSchema.parse(JSON.parse(message)).data;
    return { room, event, payload, except: except === '' ? undefined : except, epoch };
  } catch {
    return null;
  }
}
