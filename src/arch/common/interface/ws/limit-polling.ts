import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from 'socket.io';

/** Milliseconds for a client that is between two polls to come back for the end; engine.io waits 30 s. */
const CLOSE_LIMIT = 2_000;

/** What engine.io keeps to itself. */
interface Connection {
  close(discard: boolean): void;
  readonly transport: { closeTimeout?: number };
}

/** What websockets have by themselves: the end comes in time, and after a packet that is too large. */
export function limitPolling({ engine }: Server): void {
  const { clients } = engine as unknown as { clients: Record<string, Connection> };
  engine.on('connection', ({ transport }: Connection) => {
    transport.closeTimeout = CLOSE_LIMIT;
  });
  engine.use((request: IncomingMessage, response: object, next: () => void) => {
    if (response instanceof ServerResponse) {
      response.once('finish', () => {
        const sid = new URLSearchParams(request.url?.split('?')[1]).get('sid');
        if (response.statusCode === 413 && sid !== null) clients[sid]?.close(true);
      });
    }
    next();
  });
}
