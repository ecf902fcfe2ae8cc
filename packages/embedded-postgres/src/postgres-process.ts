import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

import { childExit } from './child-exit.ts';
import type { EmbeddedLog } from './embedded-log.ts';
import { postgresEnvironment } from './postgres-environment.ts';
import { readServerOutput } from './server-output.ts';
import { WATCHDOG_DISMISSAL } from './watchdog.ts';

/** One run of the server. */
export interface PostgresProcess {
  /** Resolves when it accepts connections; rejects with EmbeddedPostgresError when it ends before. */
  readonly ready: Promise<void>;
  /** Resolves with the reason, in one line, when it has ended; never rejects. */
  readonly ended: Promise<string>;
  /** Stops it; resolves when it has ended. */
  stop(): Promise<void>;
}

/** A signal, and how long the process may take to end after it. */
export interface StopStep {
  readonly signal: NodeJS.Signals;
  readonly patienceMs: number;
}

/** Steps in order: fast shutdown, immediate shutdown (recovers at the next start), kill. */
export const STOP_STEPS: readonly StopStep[] = [
  { signal: 'SIGINT', patienceMs: 8000 },
  { signal: 'SIGQUIT', patienceMs: 6000 },
  { signal: 'SIGKILL', patienceMs: 2000 },
];

/**
 * Starts `command`; every failure, also of the start itself, is reported through `ready` and `ended`.
 * @param stopSteps what `stop` does, in order, until the process has ended
 */
export function spawnPostgres(
  command: readonly string[],
  log: EmbeddedLog,
  stopSteps = STOP_STEPS,
): PostgresProcess {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd: '/',
    env: postgresEnvironment(),
    // Ctrl-C in the terminal must not reach the server, because the application drains first.
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  child.stdin.on('error', () => undefined);
  const output = readServerOutput(child.stderr, log);
  const ended = childExit(child).then((how) => {
    child.stdin.end(WATCHDOG_DISMISSAL);
    output.ended(how);
    return how;
  });
  return {
    ready: output.ready,
    ended,
    stop: async () => {
      for (const { signal, patienceMs } of stopSteps) {
        child.kill(signal);
        const over = await Promise.race([ended, delay(patienceMs, undefined, { ref: false })]);
        if (over !== undefined) return;
      }
    },
  };
}
