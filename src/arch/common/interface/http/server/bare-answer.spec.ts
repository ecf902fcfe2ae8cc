import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { endBare } from './bare-answer.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** A connection that takes everything, and whose peer does not close its side. */
const open = () => new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });

it('a peer that does not close its side is cut after a second', () => {
  const connection = open();
  endBare(connection, 'bye');
  vi.advanceTimersByTime(999);
  expect(connection.destroyed).toBe(false);
  vi.advanceTimersByTime(1);
  expect(connection.destroyed).toBe(true);
});

it('nothing waits for a connection that has closed', async () => {
  const connection = open();
  endBare(connection);
  connection.destroy();
  await once(connection, 'close');
  expect(vi.getTimerCount()).toBe(0);
});
