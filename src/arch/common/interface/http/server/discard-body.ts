import type { IncomingMessage } from 'node:http';
import { guardListener } from '../../../application/guard-listener.js';

/** Bytes that are still read of a body after its refusal; above it the connection is cut. */
const DISCARD_LIMIT = 67_108_864;

/**
 * Reads the rest of a refused body, so that its sender gets to read the refusal: a proxy or a client whose connection
 * breaks while it sends (EPIPE) reads no answer. The time is bounded by `requestTimeout`.
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

/** Whether a part of the body has not arrived yet. */
export function isUnread({ complete, headers }: IncomingMessage): boolean {
  if (complete) return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0;
}
