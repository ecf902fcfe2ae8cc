import { RoomNotJoinedError } from '../../../domain/errors/room-not-joined.error.js';
import type { AuthenticatedSocket } from '../../principal-of.js';

/** @throws RoomNotJoinedError */
export function requireJoined(socket: AuthenticatedSocket, room: string): void {
  if (!socket.rooms.has(room)) throw new RoomNotJoinedError();
}
