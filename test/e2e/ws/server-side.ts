import assert from 'node:assert/strict';
import type { Namespace, Socket } from 'socket.io';
import { SocketIoRoomEmitter } from '../../../src/arch/common/interface/ws/rooms/socket-io-room-emitter.js';
import type { RoomDelivery } from '../../../src/arch/common/interface/ws/rooms/room-delivery.js';
import type { TestServer } from '../../support/test-server.js';

/** The object that writes to the sockets of `/chat` on this server. */
export function chatDelivery({ app }: Pick<TestServer, 'app'>): RoomDelivery {
  const ways = app.get(SocketIoRoomEmitter)['namespaces'].get('/chat');
  assert(ways);
  return ways.delivery;
}

/** The server's side of `/chat`, for checks that no client can make. */
export function chatNamespace(server: Pick<TestServer, 'app'>): Namespace {
  return chatDelivery(server)['namespace'];
}

/** Resolves when the server has noticed that these sockets are closed. */
export async function disconnected(sockets: Iterable<Socket>): Promise<void> {
  const connected = Array.from(sockets).filter((socket) => socket.connected);
  await Promise.all(
    connected.map((socket) => new Promise((resolve) => void socket.once('disconnect', resolve))),
  );
}

/** The names of all namespaces of the server. */
export function namespacesOf(server: TestServer): string[] {
  const { _nsps: namespaces } = chatNamespace(server).server;
  return [...namespaces.keys()].toSorted();
}
