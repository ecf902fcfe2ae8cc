import { expect, it, vi } from 'vitest';
import { cutUnlessTaken, MAX_WAITING } from './cut-unless-taken.js';

/** A connection for which bytes wait. */
function connected(bytes: number) {
  const connection = { bytes, cut: vi.fn<() => void>() };
  const check = (): void => cutUnlessTaken(connection, () => connection.bytes, connection.cut);
  return { connection, check };
}

/** The event loop has polled all connections. */
const polled = async (): Promise<void> => {
  for (let turns = 0; turns < 3; turns += 1) await new Promise(setImmediate);
};

it('a connection that takes what waits for it is not cut', async () => {
  const { connection, check } = connected(MAX_WAITING + 1);
  check();
  connection.bytes = MAX_WAITING;
  await polled();
  expect(connection.cut).not.toHaveBeenCalled();
});

it('a connection that does not take it is cut once, however often it is checked', async () => {
  const { connection, check } = connected(MAX_WAITING + 1);
  for (let packets = 0; packets < 3; packets += 1) check();
  expect(connection.cut).not.toHaveBeenCalled();
  await polled();
  expect(connection.cut).toHaveBeenCalledOnce();
});

it('a connection that has taken it once is cut when it does not take it the next time', async () => {
  const { connection, check } = connected(MAX_WAITING + 1);
  check();
  connection.bytes = 0;
  await polled();
  connection.bytes = MAX_WAITING + 1;
  check();
  await polled();
  expect(connection.cut).toHaveBeenCalledOnce();
});

it('a connection for which far too much waits is cut at once', () => {
  const { connection, check } = connected(1.5 * MAX_WAITING);
  check();
  expect(connection.cut).not.toHaveBeenCalled();
  connection.bytes += 1;
  check();
  expect(connection.cut).toHaveBeenCalledOnce();
});
