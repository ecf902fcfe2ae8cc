import { io, type ManagerOptions, type SocketOptions } from 'socket.io-client';

type ConnectError = Error & { data?: unknown };

/** Tries to connect with the stock client; returns the `connect_error`, or fails when the server accepts the socket. */
export async function refusedConnection(
  address: string,
  options: Partial<ManagerOptions & SocketOptions>,
): Promise<ConnectError> {
  const client = io(address, { forceNew: true, reconnection: false, transports: ['websocket'], ...options });
  const { promise, resolve, reject } = Promise.withResolvers<ConnectError>();
  client.on('connect_error', resolve);
  client.on('connect', () => reject(new Error('The server let the connection in.')));
  try {
    return await promise;
  } finally {
    client.disconnect();
  }
}
