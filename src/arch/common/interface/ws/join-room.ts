import type { AuthenticatedSocket } from '../principal-of.js';

/** Joins a room, unless the client has left meanwhile: its rooms were given up then and would stay for ever. */
export async function joinRoom(socket: AuthenticatedSocket, room: string): Promise<void> {
  if (socket.connected) await socket.join(room);
}
