import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect } from 'vitest';
import type { RunningServer } from './server-process.js';

const sockets: Socket[] = [];

export function closePeers(): void {
  for (const socket of sockets.splice(0)) socket.destroy();
}

/** A request whose body never comes to its end. */
export const UNFINISHED =
  'POST /auth/login HTTP/1.1\r\nHost: localhost\r\ncontent-type: application/json\r\ncontent-length: 90\r\n\r\n{"em';

/** Asked for `MANY` times: more than the buffers between two processes hold, and no more than are begun at once. */
export const LARGE = '/api/docs/swagger-ui-bundle.js';
export const MANY = 30;

/** Opens a connection that sends only this. */
export async function openConnection(server: RunningServer, text = ''): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  sockets.push(socket);
  await once(socket, 'connect');
  if (text !== '') await new Promise((resolve) => void socket.write(text, resolve));
  return socket;
}

/** Stops the server; answers the seconds from its first line about the signal to its last line. */
export async function secondsToStop(server: RunningServer): Promise<number> {
  // The answer to a later connection means that the server has accepted the earlier ones.
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
  expect(await server.stop()).toEqual({ code: 0, signal: null });
  const at = (form: RegExp): number => Number(server.log.find(({ msg }) => form.test(msg))?.['time']);
  return (at(/^Stopped/) - at(/^SIGTERM/)) / 1_000;
}

/** A peer that never closes its side, and stops reading after the first bytes. */
export async function openSilentPeer(
  server: RunningServer,
  text: string,
  host = '127.0.0.1',
): Promise<Socket> {
  const port = Number(new URL(server.url).port);
  const socket = connect({ port, host, allowHalfOpen: true });
  socket.on('error', () => undefined);
  sockets.push(socket);
  await once(socket, 'connect');
  socket.write(text);
  await once(socket, 'data');
  socket.pause();
  return socket;
}
