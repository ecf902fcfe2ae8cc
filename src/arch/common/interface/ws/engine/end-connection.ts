import type { Socket } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import { clientOf, closeNow, type Connection } from './engine-connection.js';

/** "Try again later", of IANA's registry of close codes for websockets. */
const TRY_AGAIN_LATER = 1013;
/** Milliseconds for a peer to take what was written and to end its side; afterwards there is no connection. */
const END_LIMIT = 500;

/** Closes a connection after what waits to be written to it; it is gone within half a second, whatever its peer does. */
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
 * As `endConnection`, for a reason that passes by itself: the stock client comes back.
 * @param code what a websocket is told as the reason; polling has no place for it
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

/** Ends a socket for good, and with it its connection: the stock client stays away. */
export function sendAway(socket: Pick<Socket, 'client' | 'disconnect'>): void {
  socket.disconnect(true);
  endConnection(clientOf(socket).conn);
}
