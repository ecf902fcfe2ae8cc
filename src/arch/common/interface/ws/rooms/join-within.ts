import { UnavailableError } from '../../../domain/errors/unavailable.error.js';
import type { RoomMembership } from '../../../application/room-gate.js';
import type { AuthenticatedSocket } from '../../principal-of.js';
import { MAX_READINGS, readOrLeave, requirePlace } from './join-room.js';
import { gateOf } from './room-gates.js';

/**
 * Like `joinAndRead`, for a room within another one: the socket joins that one first, unless it is there, and is never in
 * the inner one alone. The membership is read when the socket is in the outer one: what ends a membership takes it out
 * of both.
 * @param joinOuter joins the outer room; it fails when the client may not join
 */
export async function joinWithin<T extends RoomMembership>(
  socket: AuthenticatedSocket,
  room: string,
  read: () => Promise<T>,
  joinOuter: (outer: string) => Promise<unknown>,
): Promise<T> {
  const { outer } = await read();
  if (!outer) throw new Error(`The room ${room} is within no other one.`);
  const wasOutside = !socket.rooms.has(outer.room);
  try {
    return await joinInTurns(socket, room, read, outer.room, joinOuter);
  } catch (error) {
    if (wasOutside) await socket.leave(outer.room);
    throw error;
  }
}

async function joinInTurns<T extends RoomMembership>(
  socket: AuthenticatedSocket,
  room: string,
  read: () => Promise<T>,
  outer: string,
  joinOuter: (outer: string) => Promise<unknown>,
): Promise<T> {
  const gate = gateOf(socket.nsp);
  for (let reading = 0; reading < MAX_READINGS; reading += 1) {
    if (!socket.rooms.has(outer)) await joinOuter(outer);
    const readAt = performance.now();
    const membership = { ...(await read()), readAt };
    requirePlace(socket, room);
    if (!socket.connected) return membership;
    // It may have been taken out of the outer room since.
    if (!socket.rooms.has(outer) || !gate.admitJoin(room, socket.id, membership)) continue;
    const isNew = !socket.rooms.has(room);
    await socket.join(room);
    const answer = await readOrLeave(socket, room, read, isNew);
    if (socket.rooms.has(room) || !socket.connected) return answer;
  }
  throw new UnavailableError();
}
