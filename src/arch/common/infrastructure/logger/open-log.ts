import { styleText } from 'node:util';
import type { Logger } from 'pino';
import { guardListener } from '../../application/guard-listener.js';
import { LogOutput } from './log-output.js';
import { createPino } from './pino-logger.js';

const STDOUT = 1;

/** Whether the log is for a terminal, and with colours (`NO_COLOR`); in production it is for programs. */
export function watchers(isProduction: boolean): false | { readonly colours: boolean } {
  // Reading `process.stdout` also makes a pipe non-blocking: a thread that is blocked in a write could not be ended.
  const { isTTY } = process.stdout;
  if (isProduction || !isTTY) return false;
  return { colours: styleText('red', ' ', { stream: process.stdout }) !== ' ' };
}

interface OpenLog {
  readonly pino: Logger;
  readonly output: LogOutput;
}

/** The server's log on standard output: JSON, or lines for a terminal. */
export function openLog(level: string, people: ReturnType<typeof watchers>): OpenLog {
  const output = new LogOutput(STDOUT, (dropped) =>
    pino.error(`There was no room in the log; lines dropped: ${dropped}.`),
  );
  const pino = createPino(level, people, output);
  process.on(
    'exit',
    guardListener(() => output.flushLines()),
  );
  return { pino, output };
}
