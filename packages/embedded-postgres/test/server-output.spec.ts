import { PassThrough } from 'node:stream';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { readServerOutput, type ServerOutput } from '../src/server-output.ts';

const READY = 'LOG:  database system is ready to accept connections';
let stderr: PassThrough;
let output: ServerOutput;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  stderr = new PassThrough();
  output = readServerOutput(stderr, { debug: () => undefined, warn: () => undefined });
});
afterEach(() => void vi.useRealTimers());

/** Resolves when the line has been read. */
async function write(line: string): Promise<void> {
  stderr.write(`${line}\n`);
  await new Promise(setImmediate);
}

it('is ready with the line that reports it, and waits for no further one', async () => {
  await write(READY);
  await output.ready;
  expect(vi.getTimerCount()).toBe(0);
});

it.each([
  [['LOG:  starting', 'FATAL:  no such file', 'LOG:  shut down'], 'no such file'],
  [['LOG:  starting'], 'LOG:  starting'],
  [[], 'exit code 1'],
])(
  'a server that ends after %j did not start because of %s, and nothing waits any more',
  async (lines, reason) => {
    for (const line of lines) await write(line);
    output.ended('exit code 1');
    await expect(output.ready).rejects.toThrow(`PostgreSQL did not start: ${reason}`);
    expect(vi.getTimerCount()).toBe(0);
  },
);

it('a server may be silent for 60 s, from each line on', async () => {
  let failure: unknown;
  output.ready.catch((error: unknown) => (failure = error));
  await vi.advanceTimersByTimeAsync(50_000);
  await write('LOG:  redo in progress');
  await vi.advanceTimersByTimeAsync(59_999);
  expect(failure).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  expect(failure).toMatchObject({ message: 'PostgreSQL did not start: no sign of life for 60 s' });
});
