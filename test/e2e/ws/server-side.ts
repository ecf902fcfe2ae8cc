import type { Namespace, Socket } from 'socket.io';
import { SocketIoRoomEmitter } from '../../../src/arch/common/interface/ws/socket-io-room-emitter.js';
import type { TestServer } from '../../support/test-server.js';

/** The server's own end of `/chat`, to look at what no client can see. */
export function chatNamespace({ app }: Pick<TestServer, 'app'>): Namespace {
  return app.get<SocketIoRoomEmitter, { delivery: { namespace: Namespace } }>(SocketIoRoomEmitter).delivery
    .namespace;
}

/** Resolves when the server has noticed that these sockets are gone. */
export async function disconnected(sockets: Iterable<Socket>): Promise<void> {
  const connected = Array.from(sockets).filter((socket) => socket.connected);
  await Promise.all(
    connected.map((socket) => new Promise((resolve) => void socket.once('disconnect', resolve))),
  );
}

/** The names of all namespaces that the server keeps. */
export function namespacesOf(server: TestServer): string[] {
  const { _nsps: namespaces } = chatNamespace(server).server;
  return [...namespaces.keys()].toSorted();
}
