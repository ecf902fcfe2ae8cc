import { createServer } from 'node:http';
import { Socket } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TcpConnections } from './tcp-connections.js';

let connections: TcpConnections;
let sockets: readonly Socket[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  connections = new TcpConnections();
  const server = createServer();
  connections.watchServers(server);
  sockets = [new Socket(), new Socket()];
  for (const socket of sockets) server.emit('connection', socket);
});
afterEach(() => void vi.useRealTimers());

it('connections that do not end by themselves are cut after 250 ms', async () => {
  const closed = connections.closeConnections();
  vi.advanceTimersByTime(249);
  expect(sockets.map(({ destroyed }) => destroyed)).toEqual([false, false]);
  vi.advanceTimersByTime(1);
  await closed;
  expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true, true]);
});

it('when all have ended nothing waits any more', async () => {
  const closed = connections.closeConnections();
  for (const socket of sockets) socket.destroy();
  await closed;
  expect(vi.getTimerCount()).toBe(0);
});
