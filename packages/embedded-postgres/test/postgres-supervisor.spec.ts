import { expect, it, vi } from 'vitest';

import { EmbeddedPostgresError } from '../src/embedded-postgres.error.ts';
import type { PostgresProcess } from '../src/postgres-process.ts';
import { PostgresSupervisor } from '../src/postgres-supervisor.ts';

const silentLog = { debug: () => undefined, warn: () => undefined };

/** A server that becomes ready, or fails with this reason. */
function server(failure?: string) {
  const ended = Promise.withResolvers<string>();
  const ready =
    failure === undefined ? Promise.resolve() : Promise.reject(new EmbeddedPostgresError('server', failure));
  ready.catch(() => undefined);
  const stop = vi.fn<() => Promise<void>>(async () => ended.resolve('stopped'));
  return { ready, ended: ended.promise, stop, end: ended.resolve } satisfies PostgresProcess & {
    end: unknown;
  };
}

/** Spawns these, one after another. */
function supervise(...servers: readonly PostgresProcess[]) {
  const left = [...servers];
  const spawn = vi.fn<() => PostgresProcess>(() => left.shift() ?? server());
  return { spawn, supervisor: new PostgresSupervisor({ prepare: async () => undefined, spawn }, silentLog) };
}

it('stops a server that does not become ready: it may only be too slow', async () => {
  const slow = server('no sign of life');
  const { supervisor, spawn } = supervise(slow);
  await expect(supervisor.start()).rejects.toThrow('no sign of life');
  expect([slow.stop.mock.calls.length, spawn.mock.calls.length]).toEqual([1, 1]);
});

it('tries again while the backends of a killed server remain, each time with that server ended', async () => {
  const early = server('pre-existing shared memory block (key 1) is still in use');
  const next = server();
  const { supervisor, spawn } = supervise(early, next);
  await supervisor.start();
  expect([early.stop.mock.calls.length, spawn.mock.calls.length]).toEqual([1, 2]);
  await supervisor.stop();
  expect(next.stop).toHaveBeenCalledOnce();
});

it('starts another server when one ends, and none when it is being stopped', async () => {
  const [first, second] = [server(), server()];
  const { supervisor, spawn } = supervise(first, second);
  await supervisor.start();
  first.end('signal SIGKILL');
  await vi.waitFor(() => expect(spawn).toHaveBeenCalledTimes(2), { interval: 1 });
  await supervisor.stop();
  expect([second.stop.mock.calls.length, spawn.mock.calls.length]).toEqual([1, 2]);
});
