import { RateLimitedError } from '../../../domain/errors/rate-limited.error.js';
import type { AuthenticatedSocket } from '../../principal-of.js';

/** Rooms that a client may join with one socket. */
const MAX_ROOMS = 1_000;

/**
 * Joins a room and then reads what it holds, so that nothing falls between; leaves it again when that fails.
 * @param read what the client is answered
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
 * Joins a room, unless the client has left meanwhile: its rooms were given up then and would stay for ever.
 * @throws RateLimitedError when the client has joined too many
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

/** Neither the socket's own room nor one that the server puts it into, which has a prefix (`user:…`). */
function isClients({ id }: AuthenticatedSocket, room: string): boolean {
  return room !== id && !room.includes(':');
}
