import { beforeEach, describe, expect, it, vi } from 'vitest';
import { SocketFake } from '../../../../../../test/fakes/socket.fake.js';
import type { RoomGate } from '../../../application/room-gate.js';
import { joinAndRead } from './join-room.js';
import { joinRoomsAndRead } from './join-rooms.js';
import { setGateOf } from './room-gates.js';

const others = (count: number) => Array.from({ length: count }, (_, index) => `other${index}`);

it('has joined the room before it reads, and answers what was read', async () => {
  const socket = new SocketFake();
  const answer = await joinAndRead(socket.real, 'a', async () => ({ rev: 1, moves: [...socket.moves] }));
  expect(answer.moves).toEqual(['joined a']);
  expect(socket.clientsRooms).toEqual(['a']);
});

it('does not join when the reading fails', async () => {
  const socket = new SocketFake('z');
  const joined = joinAndRead(socket.real, 'a', () => Promise.reject(new Error('gone')));
  await expect(joined).rejects.toThrow('gone');
  expect(socket.moves).toEqual([]);
});

it('leaves the room again when the reading fails after the join', async () => {
  const socket = new SocketFake('z');
  const joined = joinAndRead(socket.real, 'a', async () => {
    if (socket.rooms.has('a')) throw new Error('gone');
    return { rev: 1 };
  });
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
  const read = vi.fn<() => Promise<{ rev: number }>>(async () => ({ rev: 1 }));
  await expect(joinAndRead(socket.real, 'a', read)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  expect(read).not.toHaveBeenCalled();
  expect(socket.moves).toEqual([]);
});

it('takes the last free place, and none for a room joined before', async () => {
  const socket = new SocketFake(...others(999));
  for (const room of ['a', 'a', 'other0']) {
    expect(await joinAndRead(socket.real, room, async () => ({ rev: 1 }))).toEqual({ rev: 1 });
  }
  expect(socket.clientsRooms).toHaveLength(1_000);
});

it('joins nothing when the client has left meanwhile: its rooms would stay for ever', async () => {
  const socket = new SocketFake();
  socket.connected = false;
  expect(await joinAndRead(socket.real, 'a', async () => ({ rev: 1 }))).toEqual({ rev: 1 });
  expect(socket.moves).toEqual([]);
});

describe('with a gate', () => {
  const gate = {
    admitJoin: vi.fn<RoomGate['admitJoin']>(),
    confirmJoin: vi.fn<RoomGate['confirmJoin']>(),
    admitEvent: vi.fn<RoomGate['admitEvent']>(),
    forgetSocket: vi.fn<RoomGate['forgetSocket']>(),
    forgetRoom: vi.fn<RoomGate['forgetRoom']>(),
  };
  let socket: SocketFake;
  let rev: number;
  const read = async () => ({ rev });
  beforeEach(() => {
    vi.resetAllMocks();
    gate.admitJoin.mockReturnValue(true);
    socket = new SocketFake();
    setGateOf(socket.real.nsp, gate);
    rev = 4;
  });

  it('the membership is read before the join, and confirmed after it', async () => {
    expect(await joinAndRead(socket.real, 'a', async () => ({ rev: (rev += 1) }))).toEqual({ rev: 6 });
    expect(gate.admitJoin.mock.calls).toEqual([['a', 'own', { rev: 5, readAt: expect.any(Number) }]]);
    expect(gate.confirmJoin.mock.calls).toEqual([['a', 'own', { rev: 6 }]]);
  });

  it('what the client may see is that of the last reading', async () => {
    await joinAndRead(socket.real, 'a', async () => ({ rev: (rev += 1), visibleFromSeq: rev * 10 }));
    expect(gate.admitJoin.mock.calls[0]?.[2]).toMatchObject({ rev: 5, visibleFromSeq: 50 });
    expect(gate.confirmJoin.mock.calls[0]?.[2]).toMatchObject({ rev: 6, visibleFromSeq: 60 });
  });

  it('a socket that is taken out while it joins again leaves, when the membership has ended', async () => {
    socket.rooms.add('a');
    const joined = joinAndRead(socket.real, 'a', async () => {
      if (socket.moves.includes('joined a')) throw new Error('not a member');
      await socket.leave('a');
      return { rev };
    });
    await expect(joined).rejects.toThrow('not a member');
    expect(socket.moves).toEqual(['left a', 'joined a', 'left a']);
  });

  it('join_all leaves the rooms that the socket was taken out of meanwhile, when the reading fails', async () => {
    for (const room of ['a', 'b']) socket.rooms.add(room);
    const joined = joinRoomsAndRead(socket.real, ['a', 'b'], async (rooms) => {
      if (socket.moves.includes('joined a')) throw new Error('gone');
      await socket.leave('a');
      return rooms.map((conversationId) => ({ conversationId, rev }));
    });
    await expect(joined).rejects.toThrow('gone');
    expect(socket.clientsRooms).toEqual(['b']);
  });

  it('a membership that was read before one ended is read again', async () => {
    gate.admitJoin.mockImplementation((_room, _id, membership) => membership.rev > 4 || ((rev += 1), false));
    expect(await joinAndRead(socket.real, 'a', read)).toEqual({ rev: 5 });
    expect(socket.moves).toEqual(['joined a']);
  });

  it('a socket that is taken out before its membership is confirmed joins again, when it may', async () => {
    let evicted = false;
    const joined = joinAndRead(socket.real, 'a', async () => {
      if (socket.rooms.has('a') && !evicted) {
        await socket.leave('a');
        evicted = true;
      }
      return { rev };
    });
    expect(await joined).toEqual({ rev: 4 });
    expect(socket.moves).toEqual(['joined a', 'left a', 'joined a']);
    expect(gate.confirmJoin).toHaveBeenCalledTimes(1);
  });

  it('gives up when memberships end all the time', async () => {
    gate.admitJoin.mockReturnValue(false);
    await expect(joinAndRead(socket.real, 'a', read)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(socket.moves).toEqual([]);
  });

  it('join_all takes the rooms again that it was taken out of', async () => {
    gate.admitJoin.mockImplementation((room) => room !== 'b' || rev > 4);
    const found = await joinRoomsAndRead(socket.real, ['a', 'b'], async (rooms) => {
      const rows = rooms.map((conversationId) => ({ conversationId, rev }));
      if (socket.rooms.has('a')) rev = 5;
      return rows;
    });
    expect(found.complete).toBe(true);
    expect(socket.clientsRooms).toEqual(['a', 'b']);
    expect(found.found.map(({ conversationId }) => conversationId)).toEqual(['a', 'b']);
  });
});
