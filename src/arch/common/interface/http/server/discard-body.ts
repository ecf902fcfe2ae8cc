import type { IncomingMessage } from 'node:http';
import { guardListener } from '../../../application/guard-listener.js';

/** Bytes that are still read of a body after it was refused; larger ones are cut. */
const DISCARD_LIMIT = 67_108_864;

/**
 * Reads the rest of a refused body, so that its sender comes to hear of the refusal: a proxy or a client that is in the
 * middle of sending when the connection breaks (EPIPE) looks no further. The time is bounded by `requestTimeout`.
 */
export function discardBody(request: IncomingMessage): void {
  let left = DISCARD_LIMIT;
  request.unpipe();
  request.on(
    'data',
    guardListener(
      (chunk: Buffer | string) => {
        left -= chunk.length;
        if (left < 0) request.destroy();
      },
      () => void request.destroy(),
    ),
  );
  request.resume();
}

/** Whether there is a body of which something has not come yet. */
export function isUnread({ complete, headers }: IncomingMessage): boolean {
  if (complete) return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0;
}
