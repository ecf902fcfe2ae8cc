import type { Clock } from '../ports.ts';

/** A longer delay of a timer ends at once. */
const LONGEST = 2_147_483_647;

export const systemClock: Clock = {
  now: () => performance.now(),
  wallTime: () => Date.now(),
  setTimer(delayMs, run) {
    const timer = setTimeout(run, Math.min(delayMs, LONGEST));
    return () => clearTimeout(timer);
  },
};
