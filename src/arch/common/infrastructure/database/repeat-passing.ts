import { setTimeout as pause } from 'node:timers/promises';
import { reportedState } from './database-error.js';

/** Maximum repetitions: the few transactions that collide do so once or twice, and the caller is still waiting. */
const REPEATS = 3;
/** Maximum milliseconds before the first repetition; each further one adds as many. */
const PAUSE = 20;

/**
 * Repeats a statement, or a whole transaction, when PostgreSQL reports that it was not executed and may soon succeed
 * (`repeat` in passing-states.ts). The work must not have effects elsewhere.
 */
export async function repeatPassing<T>(work: () => Promise<T>): Promise<T> {
  for (let repeats = 0; repeats < REPEATS; repeats += 1) {
    try {
      return await work();
    } catch (error) {
      if (!reportedState(error)?.repeat) throw error;
    }
    // The random pause keeps colliding transactions apart.
    await pause(Math.random() * PAUSE * (repeats + 1));
  }
  return work();
}
