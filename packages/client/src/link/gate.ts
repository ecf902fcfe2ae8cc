import type { CauserieError } from '../errors/causerie-error.ts';
import type { Clock } from '../ports.ts';

/** Milliseconds within which clients that were refused together come back, at least and at most. */
const LEAST = 50;
const MOST = 2_000;

/** One gate for the whole client: many who come back at the same moment would be refused again. */
export interface Gate {
  note(error: CauserieError): void;
  untilOpen(): Promise<void>;
}

export function createGate(clock: Clock): Gate {
  let closedUntil = 0;
  return {
    note({ code, retryAfterMs }) {
      if (code !== 'RATE_LIMITED' || retryAfterMs === null) return;
      const spread = Math.random() * Math.min(Math.max(retryAfterMs, LEAST), MOST);
      closedUntil = Math.max(closedUntil, clock.now() + retryAfterMs + spread);
    },
    async untilOpen() {
      for (let left; (left = closedUntil - clock.now()) > 0;) {
        await new Promise<void>((resolve) => void clock.setTimer(left, resolve));
      }
    },
  };
}
