import type { Socket } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import { connectionOf, closeNow, type Connection } from './engine-connection.js';

/** "Try again later" in IANA's registry of websocket close codes. */
const TRY_AGAIN_LATER = 1013;
/** Milliseconds for a peer to read pending data and to close its side; afterwards the connection is cut. */
const END_LIMIT = 500;

/** Closes a connection after its pending writes; it is closed within 500 ms, whatever its peer does. */
export function endConnection(connection: Connection): void {
  const { transport } = connection;
  connection.close(false);
  const cut = guardListener(() => {
    closeNow(connection);
    if (transport.name === 'websocket') transport.socket.terminate();
  });
  setTimeout(cut, END_LIMIT).unref();
}

/**
 * Like `endConnection`, for a temporary reason: the stock client reconnects.
 * @param code reason in the close frame of a websocket; polling has no field for it
 */
export function endForNow(connection: Connection, code: string): void {
  const { transport } = connection;
  if (transport.name === 'websocket') {
    transport.doClose = (done) => {
      transport.socket.close(TRY_AGAIN_LATER, code);
      done?.();
    };
  }
  endConnection(connection);
}

/** Disconnects a socket for good and closes its connection: the stock client does not reconnect. */
export function sendAway(socket: Pick<Socket, 'client' | 'disconnect'>): void {
  socket.disconnect(true);
  endConnection(connectionOf(socket));
}
