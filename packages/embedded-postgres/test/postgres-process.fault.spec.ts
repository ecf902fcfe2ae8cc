import { expect, it } from 'vitest';

import { spawnPostgres, STOP_STEPS } from '../src/postgres-process.ts';

/** Milliseconds of a whole shutdown of the application that stops the server last. */
const WHOLE_SHUTDOWN = 25_000;

/** A process that says so when it ignores these signals, and how it ends when it is stopped in short steps. */
async function endOf(ignored: string): Promise<string> {
  const lines: string[] = [];
  const printed = Promise.withResolvers<void>();
  const debug = (line: string) => {
    lines.push(line);
    printed.resolve();
  };
  const script = `trap '' ${ignored}; echo set >&2; while :; do sleep 0.01; done`;
  const steps = STOP_STEPS.map(({ signal }) => ({ signal, patienceMs: 50 }));
  const server = spawnPostgres(['sh', '-c', script], { debug, warn: debug }, steps);
  await printed.promise;
  expect(lines).toEqual(['set']);
  await server.stop();
  return server.ended;
}

it.each([
  ['USR1', 'signal SIGINT'],
  ['INT', 'signal SIGQUIT'],
  ['INT QUIT', 'signal SIGKILL'],
])('a server that ignores %s ends by %s', async (ignored, end) => {
  expect(await endOf(ignored)).toBe(end);
});

it('even a process that ignores every signal has ended before the time limit of a shutdown', () => {
  const total = STOP_STEPS.reduce((sum, { patienceMs }) => sum + patienceMs, 0);
  expect(total).toBeLessThan(WHOLE_SHUTDOWN - 5_000);
  expect(STOP_STEPS.at(-1)?.signal).toBe('SIGKILL');
});
