import type { AuthenticatedSocket } from '../principal-of.js';

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

/** Joins a room, unless the client has left meanwhile: its rooms were given up then and would stay for ever. */
async function joinRoom(socket: AuthenticatedSocket, room: string): Promise<void> {
  if (socket.connected) await socket.join(room);
}
