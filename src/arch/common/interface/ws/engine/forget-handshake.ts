import type { Server, Socket } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import { engineOf } from './engine-connection.js';

// Most sockets of a chat are idle. This file drops the parts of a socket that Socket.IO, engine.io and Nest keep for
// its whole life although no code reads them again.

const NOTHING = Object.freeze({});

/**
 * Drops the requests that open websockets. engine.io creates a response for each, which has the request; the first
 * listener that it adds to the TCP connection would keep both in memory.
 */
export function forgetUpgradeRequests(server: Server): void {
  const engine = engineOf(server);
  const handle = engine.handleUpgrade.bind(engine);
  engine.handleUpgrade = guardListener(
    (request, connection, head) => {
      const others = connection.listenerCount('close');
      handle(request, connection, head);
      const added = connection.listeners('close')[others];
      if (added) connection.off('close', added);
    },
    (_request, connection) => void connection.destroy(),
  );
}

/** Drops an accepted socket's first request and its credentials. */
export function forgetHandshake({ conn, handshake }: Socket): void {
  Object.assign(conn, { request: null });
  Object.assign(handshake, { auth: NOTHING, headers: NOTHING, query: NOTHING, time: '', url: '' });
}
