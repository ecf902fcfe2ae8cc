import { expect, it, vi } from 'vitest';
import { SocketFake } from '../../../../../../test/fakes/socket.fake.js';
import { joinAndRead } from './join-room.js';

const others = (count: number) => Array.from({ length: count }, (_, index) => `other${index}`);

it('has joined the room before it reads, and answers what was read', async () => {
  const socket = new SocketFake();
  const answer = await joinAndRead(socket.real, 'a', async () => [...socket.moves]);
  expect(answer).toEqual(['joined a']);
  expect(socket.clientsRooms).toEqual(['a']);
});

it('leaves the room again when the reading fails', async () => {
  const socket = new SocketFake('z');
  const joined = joinAndRead(socket.real, 'a', () => Promise.reject(new Error('gone')));
  await expect(joined).rejects.toThrow('gone');
  expect(socket.moves).toEqual(['joined a', 'left a']);
  expect(socket.clientsRooms).toEqual(['z']);
});

it('stays in a room that was joined before when the reading fails', async () => {
  const socket = new SocketFake('a', 'z');
  const joined = joinAndRead(socket.real, 'a', () => Promise.reject(new Error('gone')));
  await expect(joined).rejects.toThrow('gone');
  expect(socket.clientsRooms).toEqual(['a', 'z']);
});

it('refuses a room beyond a thousand, and reads nothing of it', async () => {
  const socket = new SocketFake(...others(1_000));
  const read = vi.fn<() => Promise<string>>(async () => 'read');
  await expect(joinAndRead(socket.real, 'a', read)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  expect(read).not.toHaveBeenCalled();
  expect(socket.moves).toEqual([]);
});

it('takes the last free place, and none for a room joined before', async () => {
  const socket = new SocketFake(...others(999));
  for (const room of ['a', 'a', 'other0']) {
    expect(await joinAndRead(socket.real, room, async () => 'read')).toBe('read');
  }
  expect(socket.clientsRooms).toHaveLength(1_000);
});

it('joins nothing when the client has left meanwhile: its rooms would stay for ever', async () => {
  const socket = new SocketFake();
  socket.connected = false;
  expect(await joinAndRead(socket.real, 'a', async () => 'read')).toBe('read');
  expect(socket.moves).toEqual([]);
});
