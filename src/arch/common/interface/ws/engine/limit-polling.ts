import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import { closeNow, engineOf, type PollingTransport } from './engine-connection.js';
import { PostMeter } from '../events/post-meter.js';

/** Milliseconds for a client between two polls to fetch the close packet; engine.io waits 30 s. */
const CLOSE_LIMIT = 500;

/**
 * Gives polling two limits that websockets already have: a bounded close, and a close after a packet that is too large.
 */
export function limitPolling(server: Server): void {
  engineOf(server).on(
    'connection',
    guardListener(({ transport }) => {
      if (transport.name !== 'polling') return;
      transport.closeTimeout = CLOSE_LIMIT;
      transport.onDataRequest = onDataRequest;
    }, closeNow),
  );
}

/** With this maximum engine.io finds every further byte too large: it answers 413 and stops reading. */
const NOTHING = -1;

/**
 * Replaces the transport's own method; `this` is the transport that engine.io has chosen for the request, so the `sid`
 * is not evaluated again.
 */
function onDataRequest(this: PollingTransport, request: IncomingMessage, response: ServerResponse): void {
  response.once(
    'finish',
    guardListener(
      () => {
        if (response.statusCode === 413) endPolling(this);
      },
      () => endPolling(this),
    ),
  );
  const replaced = Object.getPrototypeOf(this) as PollingTransport;
  replaced.onDataRequest.call(this, request, response);
  // engine.io has refused the request already: its body is binary, or another POST is in flight.
  if (request.readableEncoding === null) return;
  const meter = new PostMeter();
  // This listener runs before engine.io's own.
  request.prependListener(
    'data',
    guardListener(
      (chunk: string) => {
        if (!meter.measureChunk(chunk)) this.maxHttpBufferSize = NOTHING;
      },
      () => endPolling(this),
    ),
  );
}

function endPolling(transport: PollingTransport): void {
  transport.discard();
  transport.onError('payload too large');
}
