import { expect, it } from 'vitest';
import type { AuthenticatedSocket } from '../principal-of.js';
import { joinRoomsAndRead } from './join-rooms.js';

/** What of a socket joining needs, with the rooms it is in besides its own. */
function socketIn(...rooms: string[]) {
  const all = new Set(['own', 'user:u1', 'session:s1', ...rooms]);
  const socket = {
    id: 'own',
    connected: true,
    rooms: all,
    join: async (added: string[]) => added.forEach((room) => all.add(room)),
    leave: async (room: string) => void all.delete(room),
  };
  return socket as unknown as AuthenticatedSocket & { connected: boolean };
}
const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);
const roomsOf = (socket: AuthenticatedSocket) => [...socket.rooms].slice(3);
const allOf = async (rooms: string[]) => rooms.map((conversationId) => ({ conversationId }));

it('has joined all rooms before it reads, and answers what was read', async () => {
  const socket = socketIn('a');
  const joined = await joinRoomsAndRead(socket, ['a', 'b', 'c'], async (rooms) => {
    expect(roomsOf(socket)).toEqual(['a', 'b', 'c']);
    return allOf(rooms);
  });
  expect(joined.found.map(({ conversationId }) => conversationId)).toEqual(['a', 'b', 'c']);
  expect(joined.complete).toBe(true);
});

it('joins nothing where there is nothing', async () => {
  const socket = socketIn();
  expect(await joinRoomsAndRead(socket, [], allOf)).toEqual({ found: [], complete: true });
  expect(roomsOf(socket)).toEqual([]);
});

it('leaves the rooms that nothing was read of, also one joined before', async () => {
  const socket = socketIn('a', 'z');
  const joined = await joinRoomsAndRead(socket, ['a', 'b', 'c'], () => allOf(['c']));
  expect(joined).toEqual({ found: [{ conversationId: 'c' }], complete: true });
  expect(roomsOf(socket)).toEqual(['z', 'c']);
});

it('leaves the rooms it had not joined before when the reading fails', async () => {
  const socket = socketIn('a', 'z');
  const joined = joinRoomsAndRead(socket, ['a', 'b'], () => Promise.reject(new Error('gone')));
  await expect(joined).rejects.toThrow('gone');
  expect(roomsOf(socket)).toEqual(['a', 'z']);
});

it.each([
  [1_000, 0, 1_000, true],
  [1_000, 1, 999, false],
  [1_000, 999, 1, false],
  [3, 997, 3, true],
  [3, 998, 2, false],
  [3, 1_000, 0, false],
])('of %i rooms beside %i others it joins %i', async (wanted, others, fitting, complete) => {
  const socket = socketIn(...names('other', others));
  const joined = await joinRoomsAndRead(socket, names('room', wanted), allOf);
  expect(joined).toEqual({ found: await allOf(names('room', fitting)), complete });
  expect(roomsOf(socket)).toHaveLength(others + fitting);
});

it('needs no place for a room joined before', async () => {
  const socket = socketIn(...names('other', 998), 'a', 'c');
  const joined = await joinRoomsAndRead(socket, ['a', 'b', 'c', 'd'], allOf);
  expect(joined).toEqual({ found: await allOf(['a', 'c']), complete: false });
});

it('joins nothing when the client has left meanwhile: its rooms would stay for ever', async () => {
  const socket = socketIn();
  socket.connected = false;
  await joinRoomsAndRead(socket, ['a'], allOf);
  expect(roomsOf(socket)).toEqual([]);
});
