import { EventEmitter } from 'node:events';
import { Logger } from '@nestjs/common';
import type { Server } from 'socket.io';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { MAX_WAITING } from './cut-unless-taken.js';
import { cutSlowPolling } from './slow-sockets.js';

/** Bytes of a packet's text. */
const SIZE = 65_536;
/** Packets that may wait; one more is too much. */
const MOST = Math.floor(MAX_WAITING / (SIZE + 384));

/** A connection that polls; `send`, `poll` and `read` do what engine.io and the peer do. */
class PollingStub extends EventEmitter {
  readonly transport: { name: 'polling'; res: EventEmitter | null } = { name: 'polling', res: null };
  isClosed = false;

  send(packets: number): void {
    for (let count = 0; count < packets; count += 1)
      this.emit('packetCreate', { type: 'message', data: 'x'.repeat(SIZE) });
  }

  /** Opens a poll, which takes all packets that wait; returns its response. */
  poll(): EventEmitter {
    const response = Object.assign(new EventEmitter(), { destroy: () => undefined });
    this.transport.res = response;
    this.emit('flush');
    this.transport.res = null;
    return response;
  }

  close(): void {
    this.isClosed = true;
  }
}

let connection: PollingStub;

beforeEach(() => {
  vi.spyOn(Logger.prototype, 'log').mockReturnValue(undefined);
  const engine = new EventEmitter();
  cutSlowPolling({ engine } as unknown as Server);
  connection = new PollingStub();
  engine.emit('connection', connection);
});

afterEach(() => void vi.restoreAllMocks());

/** The event loop has polled all connections, and what it has decided is done. */
const polled = async (): Promise<void> => {
  for (let turns = 0; turns < 4; turns += 1) await new Promise(setImmediate);
};

it('what waits for a poll is bounded', async () => {
  connection.send(MOST);
  await polled();
  expect(connection.isClosed).toBe(false);
  connection.send(1);
  await polled();
  expect(connection.isClosed).toBe(true);
});

it('what a poll has taken counts until the peer has read it', async () => {
  connection.send(MOST);
  const response = connection.poll();
  connection.send(1);
  response.emit('close');
  await polled();
  expect(connection.isClosed).toBe(false);
  connection.poll();
  connection.send(MOST);
  await polled();
  expect(connection.isClosed).toBe(true);
});

it('what was read counts once: the bound stays the same, however much a client has read before', async () => {
  for (let polls = 0; polls < 10; polls += 1) {
    connection.send(MOST);
    connection.poll().emit('close');
  }
  connection.send(MOST);
  await polled();
  expect(connection.isClosed).toBe(false);
  connection.send(1);
  await polled();
  expect(connection.isClosed).toBe(true);
});

it('a connection that has become a websocket is counted here no longer', async () => {
  connection.send(MOST + 1);
  connection.emit('upgrade');
  connection.send(MOST);
  await polled();
  expect(connection.isClosed).toBe(false);
});
