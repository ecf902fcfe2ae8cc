import { styleText } from 'node:util';
import type { Logger } from 'pino';
import { guardListener } from '../../application/guard-listener.js';
import { LogOutput } from './log-output.js';
import { createPino } from './pino-logger.js';

const STDOUT = 1;

/** Whether people look at the log of a server, and whether they want colours (`NO_COLOR`); in production programs do. */
export function watchers(isProduction: boolean): false | { readonly colours: boolean } {
  // Also sets a pipe not to block: a thread that waits in it could not be ended.
  const { isTTY } = process.stdout;
  if (isProduction || !isTTY) return false;
  return { colours: styleText('red', ' ', { stream: process.stdout }) !== ' ' };
}

/** The log of a server on its standard output: JSON, or lines for the people who look. */
export function openLog(level: string, people: ReturnType<typeof watchers>): Logger {
  const output = new LogOutput(STDOUT, (dropped) =>
    log.error(`There was no room in the log; lines dropped: ${dropped}.`),
  );
  const log = createPino(level, people, output);
  process.on(
    'exit',
    guardListener(() => output.flushLines()),
  );
  return log;
}
