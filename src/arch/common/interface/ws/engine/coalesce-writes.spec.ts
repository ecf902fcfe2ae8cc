import { Writable } from 'node:stream';
import type { Server } from 'socket.io';
import { expect, it } from 'vitest';
import { coalesceWrites } from './coalesce-writes.js';

/** The connection of a websocket; it takes no data until the test lets it. */
class Connection extends Writable {
  readonly chunks: Buffer[] = [];
  private done: (() => void) | undefined;

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.chunks.push(...chunks.map(({ chunk }) => chunk));
    this.done = done;
  }

  take(): void {
    this.done?.();
  }
}

function connect() {
  const stream = new Connection();
  const transport = {
    name: 'websocket',
    parser: {
      encodePacket: ({ data }: { data: string }, _binary: boolean, callback: (data: string) => void) =>
        callback(data),
    },
    socket: { readyState: 1, _socket: stream, on: () => undefined },
    emit: () => undefined,
    send: (_packets: object[]): void => undefined,
  };
  const engine = { createTransport: () => transport };
  coalesceWrites({ engine } as unknown as Server);
  engine.createTransport();
  return { stream, send: (...texts: string[]) => transport.send(texts.map((data) => ({ data }))) };
}

const endOfTurn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
const isOwn = ({ buffer, length }: Buffer): boolean => buffer.byteLength === length;

it('packets of one turn leave in one write and share memory; packets behind earlier ones have their own', async () => {
  const { stream, send } = connect();
  send('4one', '4two');
  send('4three');
  expect(stream.chunks).toEqual([]);
  await endOfTurn();
  expect(stream.chunks.map(isOwn)).toEqual([false, false, false]);

  send('4four', '4five');
  await endOfTurn();
  stream.take();
  expect(stream.chunks.slice(3).map(isOwn)).toEqual([true, true]);

  stream.take();
  send('4six', '4seven');
  await endOfTurn();
  expect(stream.chunks.slice(5).map(isOwn)).toEqual([false, false]);
});
