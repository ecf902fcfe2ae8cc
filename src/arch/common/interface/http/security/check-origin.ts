import type { IncomingMessage } from 'node:http';
import { isWebSocketUpgrade } from '../websocket-upgrade.js';
import type { OriginPolicy } from './origin-policy.js';
import { requestId } from './request-id.js';

type Answer = (problem: string | null, allowed: boolean) => void;

/** For Socket.IO's `allowRequest`: 403 for pages that may not connect, over both of its transports. */
export function checkOrigin(origins: OriginPolicy) {
  return (request: IncomingMessage, answer: Answer): void => {
    const allowed = origins.admits(request.headers);
    if (!allowed && isWebSocketUpgrade(request)) forbidUpgrade(request);
    answer(allowed ? null : 'This origin is not allowed.', allowed);
  };
}

/** Before Socket.IO does it: it refuses every upgrade with 400. */
function forbidUpgrade(request: IncomingMessage): void {
  request.socket.end(
    `HTTP/1.1 403 Forbidden\r\nx-request-id: ${requestId(request)}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
  );
}
