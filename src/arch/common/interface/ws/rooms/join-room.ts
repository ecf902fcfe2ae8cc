import { RateLimitedError } from '../../../domain/errors/rate-limited.error.js';
import { UnavailableError } from '../../../domain/errors/unavailable.error.js';
import type { RoomMembership } from '../../../application/room-gate.js';
import type { AuthenticatedSocket } from '../../principal-of.js';
import { gateOf } from './room-gates.js';

/** Rooms that a client may join with one socket. */
const MAX_ROOMS = 1_000;
/** How often a membership is read again because one ended meanwhile. */
export const MAX_READINGS = 5;

/**
 * Joins a room before it reads its state, so that no event between the two is missed; leaves the room again when the
 * reading fails. The state is read before the join as well: nobody is in the room for a moment who may not be. When
 * the socket has been taken out of the room meanwhile, everything is repeated.
 * @param read returns the client's answer; it fails when the client may not join
 */
export async function joinAndRead<T extends RoomMembership>(
  socket: AuthenticatedSocket,
  room: string,
  read: () => Promise<T>,
): Promise<T> {
  const gate = gateOf(socket.nsp);
  requirePlace(socket, room);
  for (let reading = 0; reading < MAX_READINGS; reading += 1) {
    const readAt = performance.now();
    const membership = { ...(await read()), readAt };
    requirePlace(socket, room);
    // The client has disconnected: Socket.IO has removed its rooms by then and would keep a new one for ever.
    if (!socket.connected) return read();
    if (!gate.admitJoin(room, socket.id, membership)) continue;
    // It may have been taken out of the room since the client asked.
    const isNew = !socket.rooms.has(room);
    await socket.join(room);
    const answer = await readOrLeave(socket, room, read, isNew);
    if (socket.rooms.has(room)) gate.confirmJoin(room, socket.id, answer);
    if (socket.rooms.has(room) || !socket.connected) return answer;
  }
  throw new UnavailableError();
}

/** Leaves the room when the reading fails, unless it was joined before. */
export async function readOrLeave<T>(
  socket: AuthenticatedSocket,
  room: string,
  read: () => Promise<T>,
  isNew: boolean,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (isNew) await socket.leave(room);
    throw error;
  }
}

/**
 * Joins a room of the server's own, unless the client has disconnected meanwhile: Socket.IO has removed its rooms by then
 * and would keep a new one for ever.
 */
export async function joinRoom(socket: AuthenticatedSocket, room: string): Promise<void> {
  if (socket.connected) await socket.join(room);
}

/** @throws RateLimitedError when the client has joined too many rooms */
export function requirePlace(socket: AuthenticatedSocket, room: string): void {
  if (isClients(socket, room) && !socket.rooms.has(room) && isFull(socket)) {
    throw new RateLimitedError(1_000, `A socket joins ${MAX_ROOMS} rooms at most; leave one first.`);
  }
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
