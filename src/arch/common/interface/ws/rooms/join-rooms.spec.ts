import { expect, it } from 'vitest';
import { SocketFake } from '../../../../../../test/fakes/socket.fake.js';
import { joinRoomsAndRead } from './join-rooms.js';

const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);
const allOf = async (rooms: readonly string[]) => rooms.map((conversationId) => ({ conversationId, rev: 1 }));

it('has joined all rooms before it reads, and answers what was read', async () => {
  const socket = new SocketFake('a');
  const seen: string[][] = [];
  const joined = await joinRoomsAndRead(socket.real, ['a', 'b', 'c'], async (rooms) => {
    seen.push(socket.clientsRooms);
    return allOf(rooms);
  });
  expect(seen).toEqual([['a'], ['a', 'b', 'c']]);
  expect(joined.found.map(({ conversationId }) => conversationId)).toEqual(['a', 'b', 'c']);
  expect(joined.complete).toBe(true);
});

it('joins nothing where there is nothing', async () => {
  const socket = new SocketFake();
  expect(await joinRoomsAndRead(socket.real, [], allOf)).toEqual({ found: [], complete: true });
  expect(socket.clientsRooms).toEqual([]);
});

it('leaves the rooms that nothing was read of, also one joined before', async () => {
  const socket = new SocketFake('a', 'z');
  const joined = await joinRoomsAndRead(socket.real, ['a', 'b', 'c'], () => allOf(['c']));
  expect(joined).toEqual({ found: [{ conversationId: 'c', rev: 1 }], complete: true });
  expect(socket.clientsRooms).toEqual(['z', 'c']);
});

it('leaves the rooms it had not joined before when the reading fails', async () => {
  const socket = new SocketFake('a', 'z');
  const joined = joinRoomsAndRead(socket.real, ['a', 'b'], () => Promise.reject(new Error('gone')));
  await expect(joined).rejects.toThrow('gone');
  expect(socket.clientsRooms).toEqual(['a', 'z']);
});

it.each([
  [1_000, 0, 1_000, true],
  [1_000, 1, 999, false],
  [1_000, 999, 1, false],
  [3, 997, 3, true],
  [3, 998, 2, false],
  [3, 1_000, 0, false],
])('of %i rooms beside %i others it joins %i', async (wanted, others, fitting, complete) => {
  const socket = new SocketFake(...names('other', others));
  const joined = await joinRoomsAndRead(socket.real, names('room', wanted), allOf);
  expect(joined).toEqual({ found: await allOf(names('room', fitting)), complete });
  expect(socket.clientsRooms).toHaveLength(others + fitting);
});

it('needs no place for a room joined before', async () => {
  const socket = new SocketFake(...names('other', 998), 'a', 'c');
  const joined = await joinRoomsAndRead(socket.real, ['a', 'b', 'c', 'd'], allOf);
  expect(joined).toEqual({ found: await allOf(['a', 'c']), complete: false });
});

it('joins nothing when the client has left meanwhile: its rooms would stay for ever', async () => {
  const socket = new SocketFake();
  socket.connected = false;
  await joinRoomsAndRead(socket.real, ['a'], allOf);
  expect(socket.clientsRooms).toEqual([]);
});
