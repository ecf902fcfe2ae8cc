import type { RoomMembership } from '../../../application/room-gate.js';
import type { AuthenticatedSocket } from '../../principal-of.js';
import { freeRooms, MAX_READINGS } from './join-room.js';
import { gateOf } from './room-gates.js';

/** The state of a room that the client may join. */
interface RoomState extends RoomMembership {
  readonly conversationId: string;
}

/**
 * Joins as many of the rooms, which are conversations, as the socket may, before it reads their state, so that no event
 * between the two is missed. The state is read before the join as well: nobody is in a room for a moment who may not
 * be. Leaves the rooms for which nothing was read; when the reading fails, leaves all that were not joined before.
 * Rooms that the socket has been taken out of meanwhile are joined again.
 * @param read returns the client's answer: the rows of the rooms that it may join
 * @returns the rows read, and whether all rooms were joined
 */
export async function joinRoomsAndRead<T extends RoomState>(
  socket: AuthenticatedSocket,
  rooms: readonly string[],
  read: (rooms: string[]) => Promise<T[]>,
): Promise<{ found: T[]; complete: boolean }> {
  const fresh = rooms.filter((room) => !socket.rooms.has(room));
  const refused = new Set(fresh.slice(freeRooms(socket)));
  const found = new Map<string, T>();
  let pending = rooms.filter((room) => !refused.has(room));
  for (let reading = 0; reading < MAX_READINGS && pending.length > 0; reading += 1) {
    pending = await joinAdmitted(socket, pending, fresh, read, found);
  }
  const rows = rooms.flatMap((room) => found.get(room) ?? []);
  return { found: rows, complete: refused.size === 0 && pending.length === 0 };
}

/** Returns the rooms that have to be read and joined again. */
async function joinAdmitted<T extends RoomState>(
  socket: AuthenticatedSocket,
  rooms: string[],
  fresh: readonly string[],
  read: (rooms: string[]) => Promise<T[]>,
  found: Map<string, T>,
): Promise<string[]> {
  const gate = gateOf(socket.nsp);
  const readAt = performance.now();
  const readable = await readOrLeave(socket, rooms, fresh, read);
  if (!socket.connected) return [];
  const joined = readable.flatMap((row) =>
    gate.admitJoin(row.conversationId, socket.id, { ...row, readAt }) ? [row.conversationId] : [],
  );
  // It may have been taken out of others since the client asked.
  const entered = joined.filter((room) => !socket.rooms.has(room));
  await socket.join(joined);
  const rows = await readOrLeave(socket, joined, [...fresh, ...entered], read);
  const stays = (room: string) => !socket.connected || socket.rooms.has(room);
  for (const row of rows) {
    if (!stays(row.conversationId)) continue;
    gate.confirmJoin(row.conversationId, socket.id, row);
    found.set(row.conversationId, row);
  }
  return readable.flatMap(({ conversationId: room }) => (found.has(room) ? [] : [room]));
}

/** Leaves the rooms of which nothing was read. */
async function readOrLeave<T extends RoomState>(
  socket: AuthenticatedSocket,
  rooms: string[],
  fresh: readonly string[],
  read: (rooms: string[]) => Promise<T[]>,
): Promise<T[]> {
  if (rooms.length === 0) return [];
  try {
    const rows = await read(rooms);
    const shown = new Set(rows.map(({ conversationId }) => conversationId));
    for (const room of rooms) if (!shown.has(room)) await socket.leave(room);
    return rows;
  } catch (error) {
    for (const room of fresh) await socket.leave(room);
    throw error;
  }
}
