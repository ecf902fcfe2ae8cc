import { setImmediate as turn } from 'node:timers/promises';
import { guardListener } from '../../../application/guard-listener.js';
import { closeNow, type Connection, type PollingTransport, type WebSocket } from './engine-connection.js';

/** Milliseconds for a client to come for the end of its polling. */
const POLL_LIMIT = 1_000;

/**
 * Ends a connection after what waits to be written; the stock client then comes back by itself, elsewhere or later.
 * @param late when what waits has had its time; by default nothing is waited for
 * @param finish writes what is still to be written
 * @returns when the connection is gone, a second after the farewell at most
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
  // Not before the end of the turn, when what was just written leaves (`coalesceWrites`).
  const isTaken = async (): Promise<boolean> => {
    await late;
    await turn();
    return stream.writableLength === 0;
  };
  const isWritten = await Promise.race([written, closed, isTaken()]);
  // What came while that was taken.
  finish();
  // `limitWebSockets` sees to a peer that does not answer.
  connection.close(false);
  // A close frame would only wait behind what is not read.
  if (!isWritten) socket.terminate();
  await closed;
}

async function closePolling(connection: Connection, transport: PollingTransport): Promise<void> {
  const closed = new Promise<void>((resolve) => connection.once('close', resolve));
  // For one that is between two polls; the timer is for one with packets that no poll has taken.
  transport.closeTimeout = POLL_LIMIT;
  connection.close(false);
  const timer = setTimeout(
    guardListener(() => closeNow(connection)),
    POLL_LIMIT,
  );
  await closed;
  clearTimeout(timer);
}
