import type { Logger } from 'pino';
import { guardListener } from '../../application/guard-listener.js';
import { LogOutput } from './log-output.js';
import { createPino } from './pino-logger.js';

const STDOUT = 1;

/** The log of a server on its standard output: JSON, or in a terminal lines for people. */
export function openLog(level: string): Logger {
  // Also sets a pipe not to block: a thread that waits in it could not be ended.
  const { isTTY } = process.stdout;
  const output = new LogOutput(STDOUT, (dropped) =>
    log.error(`There was no room in the log; lines dropped: ${dropped}.`),
  );
  const log = createPino(level, isTTY, output);
  process.on(
    'exit',
    guardListener(() => output.finish()),
  );
  return log;
}
