import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { guardListener } from '../../../application/guard-listener.js';
import { addressNetworks } from '../../../domain/address-networks.js';
import { type SilenceLimits, SilentConnections } from './silent-connections.js';

export interface TcpLimits extends SilenceLimits {
  /** Connections of one address, whatever they are for. */
  readonly share: number;
}

/**
 * Bounds the TCP connections of one address: those on which no request has come yet, and all of them, so that idle ones
 * leave room for others. Not for a server behind a proxy: all have the proxy's address there. Call it when the server
 * has its other listeners, and before it listens.
 */
export function limitTcp(server: Server, limits: TcpLimits): void {
  const silent = new SilentConnections<Socket>(limits, (socket) => socket.destroy());
  const counts = new Map<string, number>();
  const open = (socket: Socket): void => {
    const [network] = addressNetworks(socket.remoteAddress ?? '');
    const count = counts.get(network) ?? 0;
    if (count >= limits.share || !silent.add(socket, network)) {
      socket.destroy();
      return;
    }
    counts.set(network, count + 1);
    const close = guardListener(() => {
      silent.delete(socket);
      const left = (counts.get(network) ?? 1) - 1;
      if (left > 0) counts.set(network, left);
      else counts.delete(network);
    });
    socket.once('close', close);
  };
  server.on(
    'connection',
    guardListener(open, (socket) => void socket.destroy()),
  );
  const speak = guardListener(({ socket }: IncomingMessage) => silent.delete(socket));
  server.on('request', speak);
  server.on('upgrade', speak);
}
