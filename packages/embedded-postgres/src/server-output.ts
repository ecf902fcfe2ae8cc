import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

import { EmbeddedPostgresError } from './embedded-postgres.error.ts';
import type { EmbeddedLog } from './embedded-log.ts';

/**
 * How long a starting server may be silent. Recovery after a crash can take long, but tells every 10 s that
 * it goes on; each line starts the time anew.
 */
const SILENCE_TIMEOUT_MS = 60_000;
const READY = 'database system is ready to accept connections';
const FATAL = /^(?:FATAL|PANIC): +/;

export interface ServerOutput {
  /** Resolves when the server accepts connections. */
  readonly ready: Promise<void>;
  /** The server has ended, in this way: if it was not ready yet, `ready` rejects. */
  ended(how: string): void;
}

/** Reads stderr to its end, whatever comes: a full pipe would stop the server. */
export function readServerOutput(stderr: Readable, log: EmbeddedLog): ServerOutput {
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  // nobody may be waiting for it when it rejects
  ready.catch(() => undefined);
  const fail = (reason: string) =>
    reject(new EmbeddedPostgresError('server', `PostgreSQL did not start: ${reason}`));

  let fatal = '';
  let last = '';
  let silence: NodeJS.Timeout | undefined = setTimeout(() => {
    fail(`no sign of life for ${SILENCE_TIMEOUT_MS / 1000} s`);
  }, SILENCE_TIMEOUT_MS);
  const settle = () => {
    clearTimeout(silence);
    silence = undefined;
  };

  const read = (line: string): void => {
    last = line;
    if (FATAL.test(line)) fatal = line.replace(FATAL, '');
    silence?.refresh();
    if (!line.includes(READY)) return;
    settle();
    resolve();
  };
  createInterface({ input: stderr }).on('line', (line) => {
    read(line);
    try {
      log.debug(line);
    } catch {
      // nobody would catch it here, and the process would end
    }
  });
  return {
    ready,
    ended: (how) => {
      settle();
      fail(fatal || last || how);
    },
  };
}
