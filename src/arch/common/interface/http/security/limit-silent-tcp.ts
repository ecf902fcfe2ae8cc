import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { guardListener } from '../../../application/guard-listener.js';
import { addressNetworks } from '../../../domain/address-networks.js';
import { type SilenceLimits, SilentConnections } from './silent-connections.js';

/**
 * Bounds the TCP connections of one address on which no request has come yet. Not for a server behind a proxy: all
 * have the proxy's address there. Call it when the server has its other listeners, and before it listens.
 */
export function limitSilentTcp(server: Server, limits: SilenceLimits): void {
  const silent = new SilentConnections<Socket>(limits, (socket) => socket.destroy());
  const open = (socket: Socket): void => {
    const [network] = addressNetworks(socket.remoteAddress ?? '');
    if (!silent.add(socket, network)) socket.destroy();
    const forget = guardListener(() => silent.delete(socket));
    socket.once('close', forget);
  };
  server.on(
    'connection',
    guardListener(open, (socket) => void socket.destroy()),
  );
  const speak = guardListener(({ socket }: IncomingMessage) => silent.delete(socket));
  server.on('request', speak);
  server.on('upgrade', speak);
}
