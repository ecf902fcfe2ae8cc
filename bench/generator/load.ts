import { setTimeout as sleep } from 'node:timers/promises';
import type { Audience, Until } from './audience.js';

/** Sends for a time; resolves when the last message has been sent, not when it has arrived. */
export type Load = (audience: Audience, milliseconds: number) => Promise<void>;

/** So many sends are under way at any time: the next goes out when one is done. */
export function closedLoop(inFlight: number, until: Until): Load {
  return async (audience, milliseconds) => {
    const end = performance.now() + milliseconds;
    const next = (): void => {
      const now = performance.now();
      if (now < end) audience.send(now, until, next);
    };
    for (let lane = 0; lane < inFlight; lane += 1) next();
    await sleep(milliseconds);
  };
}

/**
 * A send at every due time, whatever has come of those before; latency counts from the due time, so that a server
 * that stalls is charged for everybody who had to wait (Tene, "How NOT to Measure Latency": coordinated omission).
 */
export function openLoop(perSecond: number): Load {
  return async (audience, milliseconds) => {
    const start = performance.now();
    const count = Math.round((perSecond * milliseconds) / 1_000);
    for (let sent = 0; sent < count;) {
      const due = start + (sent * 1_000) / perSecond;
      const wait = due - performance.now();
      if (wait > 0) await sleep(wait);
      else {
        audience.send(due, 'acked');
        sent += 1;
      }
    }
  };
}
