import { expect, it, vi } from 'vitest';
import { BusPort } from '../../src/arch/common/application/ports/bus.port.js';
import { RoomEmitterPort } from '../../src/arch/common/application/ports/room-emitter.port.js';
import { userRoom } from '../../src/arch/common/domain/rooms.js';
import { SocketIoRoomEmitter } from '../../src/arch/common/interface/ws/rooms/socket-io-room-emitter.js';
import { chatDelivery, chatNamespace } from '../e2e/ws/server-side.js';
import { RoomEmitterFake } from '../fakes/room-emitter.fake.js';
import { TestServer, type TestUser } from '../support/test-server.js';
import { TestSocket } from '../support/test-socket.js';
import { describeRoomEmitterContract } from './room-emitter.contract.js';

describeRoomEmitterContract('the fake', async () => {
  const emitter = new RoomEmitterFake();
  return {
    emitter,
    connect: async (count) =>
      Array.from({ length: count }, () => emitter.connect()).map((listener) => {
        emitter.join(userRoom(listener.id), listener);
        return {
          id: listener.id,
          userId: listener.id,
          join: (room) => emitter.join(room, listener),
          leave: (room) => emitter.leave(room, listener),
          received: async () => listener.received,
          isClosed: async () => listener.closed,
        };
      }),
    stop: async () => undefined,
  };
});

/** Several sockets of one user on one node. */
const MAX_SOCKETS = 20;

describeRoomEmitterContract('the Socket.IO adapter', async () => {
  const server = await TestServer.start();
  const sockets = chatNamespace(server).sockets;
  const emitter = server.app.get(SocketIoRoomEmitter);
  const slices = chatDelivery(server)['slices'];

  /**
   * Resolves when everything that the server sent before has arrived: all slices are written, and an answer arrives
   * after earlier events.
   */
  async function settle(socket: TestSocket, gone: Promise<string>): Promise<void> {
    await vi.waitFor(() => expect(slices.isEmpty).toBe(true), { interval: 1, timeout: 20_000 });
    await Promise.race([gone, socket.settle()]);
  }

  async function connect(transport: 'websocket' | 'polling', { id: userId, token }: TestUser) {
    const socket = await TestSocket.connect(server.url, token, { transports: [transport] });
    const gone = new Promise<string>((resolve) => void socket.client.once('disconnect', resolve));
    const here = sockets.get(String(socket.client.id));
    const known = new Set(['ready']);
    return {
      id: String(socket.client.id),
      userId,
      join: (room: string) => void here?.join(room),
      leave: (room: string) => void here?.leave(room),
      received: async () => {
        await settle(socket, gone);
        return socket.everything().filter(({ event }) => !known.has(event));
      },
      isClosed: async () => {
        await settle(socket, gone);
        return !socket.client.connected && !socket.client.active;
      },
    };
  }

  return {
    emitter,
    connect: async (count) => {
      const users = await Promise.all(
        Array.from({ length: Math.ceil(count / MAX_SOCKETS) }, () => server.signUp()),
      );
      return Promise.all(
        Array.from({ length: count }, (_, index) =>
          connect(
            index % 4 === 3 ? 'polling' : 'websocket',
            users[Math.floor(index / MAX_SOCKETS)] as TestUser,
          ),
        ),
      );
    },
    stop: () => server.stop(),
  };
});

it('without REDIS_URL nothing is encoded for other nodes', async () => {
  const server = await TestServer.start();
  const publish = vi.spyOn(server.app.get(BusPort), 'publishToTopic');
  server.app.get(RoomEmitterPort).emitToRoom('/chat', 'room', 'said', {});
  expect(publish).not.toHaveBeenCalled();
  await server.stop();
});
