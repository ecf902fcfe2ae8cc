import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

import { reasonOf } from './embedded-postgres.error.ts';

/**
 * Milliseconds that backends of a killed server may keep its stderr open before the process counts as ended all the
 * same.
 */
const LAST_WORDS_MS = 1000;

/** Resolves with a description of how the process ended, once its output is read; never rejects. */
export async function childExit(child: ChildProcess): Promise<string> {
  const closed = once(child, 'close').catch(() => undefined);
  const how = await new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(reasonOf(error)));
    child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
  });
  await Promise.race([closed, delay(LAST_WORDS_MS, undefined, { ref: false })]);
  return how;
}
