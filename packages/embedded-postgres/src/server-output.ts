import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

import { EmbeddedPostgresError } from './embedded-postgres.error.ts';
import type { EmbeddedLog } from './embedded-log.ts';

/**
 * Milliseconds that a starting server may be silent. Recovery after a crash can take long, but logs its progress every
 * 10 s; each line starts the time again.
 */
const SILENCE_TIMEOUT_MS = 60_000;
const READY = 'database system is ready to accept connections';
const FATAL = /^(?:FATAL|PANIC): +/;

export interface ServerOutput {
  /** Resolves when the server accepts connections. */
  readonly ready: Promise<void>;
  /** To be called when the server has ended, with a description: if it was not ready yet, `ready` rejects. */
  ended(how: string): void;
}

/** Reads stderr to its end in any case: a full pipe would stop the server. */
export function readServerOutput(stderr: Readable, log: EmbeddedLog): ServerOutput {
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  // It may reject before a caller waits for it.
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
      // An error here would be uncaught and end the process.
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
