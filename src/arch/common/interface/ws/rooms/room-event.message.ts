import { z } from 'zod';
import type { RoomPosition } from '../../../application/room-gate.js';
import type { PayloadInstead } from '../../../application/ports/room-emitter.port.js';

/** An event for the sockets of a room, on whichever node they are. */
export interface RoomEvent {
  readonly room: string;
  readonly event: string;
  readonly payload: object;
  /** A room whose sockets do not get it. */
  readonly except: string | undefined;
  /** The epoch of the database when the event was published; older nodes do not send it. */
  readonly epoch: string | undefined;
  /** Older nodes do not know it, and deliver the payload to all. */
  readonly instead: PayloadInstead | undefined;
  /** Of a room within another one, which older nodes do not have. */
  readonly after?: RoomPosition | undefined;
}

/** Names that a Socket.IO client reserves for events of its own connection. */
const RESERVED = new Set(['connect', 'connect_error', 'disconnect', 'disconnecting']);
const eventName = z.string().refine((name) => !RESERVED.has(name));

/** Message type of `@socket.io/redis-adapter`: an event for the server side of a namespace. */
const SERVER_SIDE_EMIT = 6;

/**
 * The format between nodes is that of `@socket.io/redis-adapter`, so that nodes of older versions, which use it, and
 * this one deliver each other's events. Newer nodes may add fields.
 */
const messageSchema = z.object({
  type: z.literal(SERVER_SIDE_EMIT),
  /** Present when a node requests an answer, which none does. */
  requestId: z.never().optional(),
  /**
   * `room`, its name, the event, the payload, the excluded room (older nodes require a string), the epoch, what the
   * sockets of another room get instead, what comes before it in another room's history.
   */
  data: z
    .tuple([
      z.literal('room'),
      z.string(),
      eventName,
      z.looseObject({}),
      z.string().optional(),
      z.string().optional(),
      z.object({ room: z.string(), payload: z.looseObject({}) }).nullish(),
      z.object({ room: z.string(), rev: z.int().nonnegative() }).optional(),
    ])
    .rest(z.unknown()),
});

export function encodeRoomEvent(published: RoomEvent & { readonly epoch: string }): string {
  const { room, event, payload, except = '', epoch, instead, after } = published;
  const more = after ? [instead ?? null, after] : instead ? [instead] : [];
  // An older node ignores a message with its own `uid` as an echo.
  return JSON.stringify({
    uid: '',
    type: SERVER_SIDE_EMIT,
    data: ['room', room, event, payload, except, epoch, ...more],
  });
}

/**
 * Returns null for a message that is no room event: a node of another version may publish more kinds than this one
 * knows.
 */
export function parseRoomEvent(message: string): RoomEvent | null {
  try {
    const { data } = messageSchema.parse(JSON.parse(message));
    const [, room, event, payload, except, epoch, instead, after] = data;
    return {
      room,
      event,
      payload,
      except: except === '' ? undefined : except,
      epoch,
      instead: instead ?? undefined,
      after,
    };
  } catch {
    return null;
  }
}
