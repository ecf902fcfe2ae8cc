import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import { closeNow, engineOf, type PollingTransport } from './engine-connection.js';
import { PostMeter } from '../events/post-meter.js';

/** Milliseconds for a client that is between two polls to come back for the end; engine.io waits 30 s. */
const CLOSE_LIMIT = 500;

/** What websockets have by themselves: the end comes in time, and after a packet that is too large. */
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

/** What engine.io then finds too much at once: it answers 413 and reads on no more. */
const NOTHING = -1;

/** The transport is the one to which engine.io has brought the request: which that is, is not read out of it again. */
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
  // Of bytes, or beside another one: refused already.
  if (request.readableEncoding === null) return;
  const meter = new PostMeter();
  // Before engine.io's own.
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
