import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { Socket } from 'node:net';
import { beforeEach, expect, it } from 'vitest';
import { limitTcp } from './limit-tcp.js';

let server: Server;

beforeEach(() => {
  server = createServer();
  limitTcp(server, { perAddress: 2, silence: 60_000, share: 3 });
});

/** A connection of one address; all are of the same /64. */
function open(host: number): Socket {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: `2001:db8::${host}` });
  server.emit('connection', socket);
  return socket;
}
const close = async (socket: Socket) => {
  socket.destroy();
  await once(socket, 'close');
};
const speak = (socket: Socket) => server.emit('request', { socket }, {});

it('connections without a request that have ended leave their places to others', async () => {
  for (let round = 0; round < 3; round += 1) {
    const sockets = [open(1), open(2)];
    expect(open(3).destroyed).toBe(true);
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([false, false]);
    for (const socket of sockets) await close(socket);
  }
});

it('all connections of an address together are so many, and one that has ended makes room for one', async () => {
  const sockets = [open(1), open(2), open(3)].filter(({ destroyed }) => !destroyed);
  for (const socket of sockets) speak(socket);
  sockets.push(open(3));
  expect(sockets.map(({ destroyed }) => destroyed)).toEqual([false, false, false]);
  expect(open(4).destroyed).toBe(true);
  for (const socket of sockets.splice(0, 1)) await close(socket);
  expect([open(5).destroyed, open(6).destroyed]).toEqual([false, true]);
});
