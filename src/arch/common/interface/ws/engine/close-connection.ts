import { setImmediate as turn } from 'node:timers/promises';
import { guardListener } from '../../../application/guard-listener.js';
import { closeNow, type Connection, type PollingTransport, type WebSocket } from './engine-connection.js';

/** Milliseconds that a polling client has to fetch the close packet. */
const POLL_LIMIT = 1_000;

/**
 * Closes a connection after its pending writes; the stock client then reconnects by itself, to another node or later.
 * @param late resolves when the time for pending writes is over; by default nothing is waited for
 * @param finish writes the packets that the connection is still to get
 * @returns when the connection is closed, one second after the close packet at most
 */
export async function closeConnection(
  connection: Connection,
  late: Promise<unknown> = Promise.resolve(),
  finish = (): void => undefined,
) {
  if (connection.readyState === 'closed') return;
  const { transport } = connection;
  if (transport.name === 'websocket') await closeWebSocket(connection, transport.socket, late, finish);
  else {
    finish();
    await closePolling(connection, transport);
  }
}

async function closeWebSocket(
  connection: Connection,
  socket: WebSocket,
  late: Promise<unknown>,
  finish: () => void,
) {
  const closed = new Promise<void>((resolve) => socket.once('close', resolve));
  const { _socket: stream } = socket;
  finish();
  const written = new Promise<boolean>((resolve) => void stream.write('', () => resolve(true)));
  // `coalesceWrites` writes at the end of the turn, so this check waits for it.
  const isTaken = async (): Promise<boolean> => {
    await late;
    await turn();
    return stream.writableLength === 0;
  };
  const isWritten = await Promise.race([written, closed, isTaken()]);
  // Packets may have arrived during that wait.
  finish();
  // `limitWebSockets` bounds the time for a peer that does not answer the close.
  connection.close(false);
  // A close frame would only wait behind data that the client does not read.
  if (!isWritten) socket.terminate();
  await closed;
}

async function closePolling(connection: Connection, transport: PollingTransport): Promise<void> {
  const closed = new Promise<void>((resolve) => connection.once('close', resolve));
  // `closeTimeout` is for a client between two polls; the timer is for one with packets that no poll has taken.
  transport.closeTimeout = POLL_LIMIT;
  connection.close(false);
  const timer = setTimeout(
    guardListener(() => closeNow(connection)),
    POLL_LIMIT,
  );
  await closed;
  clearTimeout(timer);
}
