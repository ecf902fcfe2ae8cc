import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { guardListener } from '../../../application/guard-listener.js';
import { addressNetworks } from '../../../domain/address-networks.js';
import { type SilenceLimits, SilentConnections } from './silent-connections.js';

export interface TcpLimits extends SilenceLimits {
  /** Maximum connections of one address, of any kind. */
  readonly share: number;
}

/**
 * Limits the TCP connections of one address: those without a request so far, and all of them, so that idle ones leave
 * room for others. Not for a server behind a proxy, where all connections have the proxy's address. Call it after the
 * server has got its other listeners, and before it listens.
 */
export function limitTcp(server: Server, limits: TcpLimits): void {
  const silent = new SilentConnections<Socket>(limits, (socket) => socket.destroy());
  const counts = new Map<string, number>();
  const networks = new WeakMap<Socket, string>();
  // All connections share one listener, because most are idle sockets.
  const close = guardListener(function (this: Socket) {
    silent.delete(this);
    const network = networks.get(this) ?? '';
    const left = (counts.get(network) ?? 1) - 1;
    if (left > 0) counts.set(network, left);
    else counts.delete(network);
  });
  const open = (socket: Socket): void => {
    const [network] = addressNetworks(socket.remoteAddress ?? '');
    const count = counts.get(network) ?? 0;
    if (count >= limits.share || !silent.add(socket, network)) {
      socket.destroy();
      return;
    }
    counts.set(network, count + 1);
    networks.set(socket, network);
    socket.on('close', close);
  };
  server.on(
    'connection',
    guardListener(open, (socket) => void socket.destroy()),
  );
  const speak = guardListener(({ socket }: IncomingMessage) => silent.delete(socket));
  server.on('request', speak);
  server.on('upgrade', speak);
}
