import type { Server } from 'socket.io';
import { guardListener } from '../../application/guard-listener.js';

/** Milliseconds for the last answers to leave before a slow client is cut. */
const FLUSH_LIMIT = 2_000;

/** What engine.io keeps to itself. */
interface Connection {
  close(discard?: boolean): void;
  once(event: 'close', listener: () => void): void;
  readonly transport: {
    /** Of a websocket; `ws` waits 30 s for the client's part of the farewell. */
    readonly socket?: { once(event: 'close', listener: () => void): void; terminate(): void };
  };
}

/** Ends every connection after what waits to be written; the stock client then reconnects, elsewhere or later. */
export async function closeConnections(server: Server): Promise<void> {
  const { clients } = server.engine as unknown as { clients: Record<string, Connection> };
  await Promise.all(Object.values(clients).map(closeConnection));
  server.engine.close();
}

async function closeConnection(connection: Connection): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { transport } = connection;
  (transport.socket ?? connection).once('close', resolve);
  const cut = guardListener(() => (transport.socket ? transport.socket.terminate() : connection.close(true)));
  const timer = setTimeout(cut, FLUSH_LIMIT);
  connection.close();
  await promise;
  clearTimeout(timer);
}
