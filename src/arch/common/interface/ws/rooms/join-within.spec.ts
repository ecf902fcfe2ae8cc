import { beforeEach, expect, it, vi } from 'vitest';
import { SocketFake } from '../../../../../../test/fakes/socket.fake.js';
import { OPEN_GATE, type RoomGate, type RoomMembership } from '../../../application/room-gate.js';
import { joinWithin } from './join-within.js';
import { setGateOf } from './room-gates.js';

const state = { rev: 1, outer: { room: 'outer', rev: 5, seq: 1 } };
const admitJoin = vi.fn<RoomGate['admitJoin']>();
let socket: SocketFake;
let read: () => Promise<RoomMembership>;
const joinOuter = vi.fn<(room: string) => Promise<void>>();
const join = () => joinWithin(socket.real, 'inner', () => read(), joinOuter);

beforeEach(() => {
  vi.resetAllMocks();
  admitJoin.mockReturnValue(true);
  joinOuter.mockImplementation(async (room) => socket.join(room));
  socket = new SocketFake();
  read = async () => state;
  setGateOf(socket.real.nsp as never, { ...OPEN_GATE, admitJoin });
});

it('joins the outer room first, and reads the membership when it is there', async () => {
  const rooms: string[][] = [];
  read = async () => {
    rooms.push(socket.clientsRooms);
    return state;
  };
  expect(await join()).toBe(state);
  expect(socket.moves).toEqual(['joined outer', 'joined inner']);
  expect(rooms).toEqual([[], ['outer'], ['outer', 'inner']]);
  expect(admitJoin.mock.calls).toEqual([['inner', 'own', { ...state, readAt: expect.any(Number) }]]);
});

it('does not join the outer room again', async () => {
  socket.rooms.add('outer');
  await join();
  expect(joinOuter).not.toHaveBeenCalled();
  expect(socket.moves).toEqual(['joined inner']);
});

it('joins neither when the reading fails, and stays where it was', async () => {
  read = () => Promise.reject(new Error('hidden'));
  await expect(join()).rejects.toThrow('hidden');
  expect(socket.moves).toEqual([]);
  let readings = 0;
  read = async () => {
    readings += 1;
    if (readings > 1) throw new Error('gone');
    return state;
  };
  await expect(join()).rejects.toThrow('gone');
  expect(socket.clientsRooms).toEqual([]);
  readings = 0;
  socket.rooms.add('outer');
  await expect(join()).rejects.toThrow('gone');
  expect(socket.clientsRooms).toEqual(['outer']);
});

it('joins the outer room again when it was taken out of it meanwhile', async () => {
  let readings = 0;
  read = async () => {
    readings += 1;
    if (readings === 2) await socket.leave('outer');
    return state;
  };
  await join();
  expect(socket.moves).toEqual(['joined outer', 'left outer', 'joined outer', 'joined inner']);
});

it('reads again what was read before a membership ended, and gives up in the end', async () => {
  admitJoin.mockReturnValueOnce(false);
  await join();
  expect(admitJoin).toHaveBeenCalledTimes(2);
  socket = new SocketFake();
  setGateOf(socket.real.nsp as never, { ...OPEN_GATE, admitJoin });
  admitJoin.mockReturnValue(false);
  await expect(join()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(socket.clientsRooms).toEqual([]);
});

it('joins nothing when the client has left meanwhile', async () => {
  socket.connected = false;
  joinOuter.mockResolvedValue();
  expect(await join()).toMatchObject(state);
  expect(socket.moves).toEqual([]);
});

it('takes no place beyond a thousand', async () => {
  socket = new SocketFake(...Array.from({ length: 999 }, (_, index) => `other${index}`));
  setGateOf(socket.real.nsp as never, { ...OPEN_GATE, admitJoin });
  await expect(join()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  expect(socket.clientsRooms).toHaveLength(999);
});
