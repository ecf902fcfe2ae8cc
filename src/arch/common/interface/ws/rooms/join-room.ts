import { RateLimitedError } from '../../../domain/errors/rate-limited.error.js';
import type { AuthenticatedSocket } from '../../principal-of.js';

/** Rooms that a client may join with one socket. */
const MAX_ROOMS = 1_000;

/**
 * Joins a room before it reads its state, so that no event between the two is missed; leaves the room again when the
 * reading fails.
 * @param read returns the client's answer
 */
export async function joinAndRead<T>(
  socket: AuthenticatedSocket,
  room: string,
  read: () => Promise<T>,
): Promise<T> {
  const joinedBefore = socket.rooms.has(room);
  await joinRoom(socket, room);
  try {
    return await read();
  } catch (error) {
    if (!joinedBefore) await socket.leave(room);
    throw error;
  }
}

/**
 * Joins a room, unless the client has disconnected meanwhile: Socket.IO has removed its rooms by then and would keep a
 * new one for ever.
 * @throws RateLimitedError when the client has joined too many rooms
 */
export async function joinRoom(socket: AuthenticatedSocket, room: string): Promise<void> {
  if (isClients(socket, room) && !socket.rooms.has(room) && isFull(socket)) {
    throw new RateLimitedError(1_000, `A socket joins ${MAX_ROOMS} rooms at most; leave one first.`);
  }
  if (socket.connected) await socket.join(room);
}

function isFull(socket: AuthenticatedSocket): boolean {
  return socket.rooms.size >= MAX_ROOMS && freeRooms(socket) === 0;
}

/** How many more rooms the client may join. */
export function freeRooms(socket: AuthenticatedSocket): number {
  return MAX_ROOMS - [...socket.rooms].filter((room) => isClients(socket, room)).length;
}

/**
 * Whether a client has joined the room itself: not the socket's own room, nor one of the server's, which have a prefix
 * (`user:…`).
 */
function isClients({ id }: AuthenticatedSocket, room: string): boolean {
  return room !== id && !room.includes(':');
}
