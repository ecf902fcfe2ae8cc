import { setTimeout as sleep } from 'node:timers/promises';
import type { Audience, Completion } from './audience.js';

/** Sends messages for a time. Resolves when the last one has been sent, not when it has been received. */
export type Load = (audience: Audience, milliseconds: number) => Promise<void>;

/** Keeps `inFlight` messages in flight: the next is sent when one completes. */
export function closedLoop(inFlight: number, until: Completion): Load {
  return async (audience, milliseconds) => {
    const end = performance.now() + milliseconds;
    const next = (): void => {
      const now = performance.now();
      if (now < end) audience.sendMessage(now, until, next);
    };
    for (let lane = 0; lane < inFlight; lane += 1) next();
    await sleep(milliseconds);
  };
}

/**
 * Sends a message at each due time, whether earlier ones have completed or not. Latency is measured from the due time,
 * so that a stall counts for every message that it delays (Tene, "How NOT to Measure Latency": coordinated omission).
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
        audience.sendMessage(due, 'acked');
        sent += 1;
      }
    }
  };
}
