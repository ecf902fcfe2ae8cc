import type { Server } from 'socket.io';

/** Milliseconds for the last answers to leave before a slow client is cut. */
const FLUSH_LIMIT = 2_000;

/** Ends every connection after what waits to be written; the stock client then reconnects, elsewhere or later. */
export async function closeConnections(server: Server): Promise<void> {
  const open = Object.values<{
    close(discard?: boolean): void;
    once(event: 'close', listener: () => void): void;
  }>((server.engine as unknown as { clients: object }).clients as never);
  const closed = open.map((connection) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    connection.once('close', resolve);
    connection.close();
    return promise;
  });
  const timer = setTimeout(() => server.engine.close(), FLUSH_LIMIT);
  await Promise.all(closed);
  clearTimeout(timer);
  server.engine.close();
}
