import type { Server } from 'socket.io';
import { engineOf } from './engine-connection.js';
import { MAX_PACKET } from './packet-limits.js';

/** Milliseconds for a peer to answer a close, whoever closes it, engine.io and `ws` for instance, which would wait 30 s. */
const FAREWELL_LIMIT = 1_000;

/**
 * A message of a websocket is one packet, for which engine.io has no limit of its own; and nobody keeps a websocket by
 * not answering its close. Call it before the server listens.
 */
export function limitWebSockets(server: Server): void {
  const { opts } = engineOf(server);
  opts.wsEngine = class extends opts.wsEngine {
    constructor(options: object) {
      super({ ...options, maxPayload: MAX_PACKET, closeTimeout: FAREWELL_LIMIT });
    }
  };
}
