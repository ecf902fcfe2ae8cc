import { setTimeout as pause } from 'node:timers/promises';
import { reportedState } from './database-error.js';

/** How often work is done again: the same few that collide do so once or twice, and whoever asks is still waiting. */
const REPEATS = 3;
/** Milliseconds before the first time, at most; each further time as many more. */
const PAUSE = 20;

/**
 * Does a statement, or a whole transaction, again when PostgreSQL reports that it was not carried out and soon can be
 * (`repeat` in passing-states.ts). Work that has effects elsewhere must not be in it.
 */
export async function repeatPassing<T>(work: () => Promise<T>): Promise<T> {
  for (let repeats = 0; repeats < REPEATS; repeats += 1) {
    try {
      return await work();
    } catch (error) {
      if (!reportedState(error)?.repeat) throw error;
    }
    // Those who have collided do not do so again.
    await pause(Math.random() * PAUSE * (repeats + 1));
  }
  return work();
}
