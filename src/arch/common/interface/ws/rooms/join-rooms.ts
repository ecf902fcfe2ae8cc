import type { AuthenticatedSocket } from '../../principal-of.js';
import { freeRooms } from './join-room.js';

/**
 * Joins as many of the rooms, which are conversations, as the socket may, before it reads their state, so that no event
 * between the two is missed. Leaves the rooms for which nothing was read; when the reading fails, leaves all that were
 * not joined before.
 * @param read returns the client's answer
 * @returns the rows read, and whether all rooms were joined
 */
export async function joinRoomsAndRead<T extends { readonly conversationId: string }>(
  socket: AuthenticatedSocket,
  rooms: readonly string[],
  read: (joined: string[]) => Promise<T[]>,
): Promise<{ found: T[]; complete: boolean }> {
  const fresh = rooms.filter((room) => !socket.rooms.has(room));
  const refused = new Set(fresh.slice(freeRooms(socket)));
  const joined = rooms.filter((room) => !refused.has(room));
  if (socket.connected) await socket.join(joined);
  try {
    const found = await read(joined);
    const shown = new Set(found.map(({ conversationId }) => conversationId));
    await leave(
      socket,
      joined.filter((room) => !shown.has(room)),
    );
    return { found, complete: refused.size === 0 };
  } catch (error) {
    await leave(socket, fresh);
    throw error;
  }
}

async function leave(socket: AuthenticatedSocket, rooms: readonly string[]): Promise<void> {
  for (const room of rooms) await socket.leave(room);
}
