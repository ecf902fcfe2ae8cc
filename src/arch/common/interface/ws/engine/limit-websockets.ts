import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Server } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import { ValidationFailedError } from '../../../domain/errors/validation-failed.error.js';
import { engineOf } from './engine-connection.js';
import { MAX_FRAGMENTS, MAX_PACKET, MAX_PIECES } from './packet-limits.js';
import { refuseBelow } from './refuse-below.js';

/** Milliseconds for a peer to answer a close, also when engine.io or `ws` closes, which would wait 30 s. */
const FAREWELL_LIMIT = 1_000;

/** Answers a faulty upgrade with the fields that are wrong; `ws` would answer with an HTML page. */
const refuse = guardListener(
  (problem: Error, _socket: Duplex, request: IncomingMessage) => {
    const path = /Sec-WebSocket-\w+/.exec(problem.message)?.[0].toLowerCase() ?? 'upgrade';
    refuseBelow(
      request,
      undefined,
      new ValidationFailedError([{ path, message: 'is missing or not valid' }]),
    );
  },
  (_problem, socket) => void socket.destroy(),
);

/**
 * Limits the size of a websocket message, which is one packet and has no limit in engine.io, and the time for answering
 * a close. Call it before the server listens.
 */
export function limitWebSockets(server: Server): void {
  const { opts } = engineOf(server);
  opts.wsEngine = class extends opts.wsEngine {
    constructor(options: object) {
      super({
        ...options,
        maxPayload: MAX_PACKET,
        maxFragments: MAX_FRAGMENTS,
        maxBufferedChunks: MAX_PIECES,
        closeTimeout: FAREWELL_LIMIT,
      });
      this.on('wsClientError', refuse);
    }
  };
}
