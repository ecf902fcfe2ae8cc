import type { CauserieError } from '../errors/causerie-error.ts';
import type { Clock } from '../ports.ts';
import { deferred } from '../defaults/deferred.ts';

/** Milliseconds within which clients that were refused together come back, at least and at most. */
const SPREAD = { min: 50, max: 2_000 };

/** One gate for the whole client: many who come back at the same moment would be refused again. */
export function createGate(clock: Clock): {
  note(error: CauserieError): void;
  untilOpen(): Promise<void>;
  open(): void;
} {
  let closedUntil = 0;
  let waiting: { readonly opened: Promise<void>; open(): void } | null = null;
  const isOpen = (): boolean => closedUntil <= clock.now();

  function wait(): Promise<void> {
    if (!waiting) {
      const { promise: opened, resolve: open } = deferred();
      waiting = { opened, open };
      const check = (): void => {
        if (!isOpen()) return void clock.setTimer(closedUntil - clock.now(), check);
        waiting = null;
        open();
      };
      check();
    }
    return waiting?.opened ?? Promise.resolve();
  }
  return {
    note({ code, retryAfterMs }) {
      if (code !== 'RATE_LIMITED' || retryAfterMs === null) return;
      const spread = Math.min(Math.max(retryAfterMs, SPREAD.min), SPREAD.max);
      closedUntil = Math.max(closedUntil, clock.now() + retryAfterMs + Math.random() * spread);
    },
    untilOpen: () => (isOpen() ? Promise.resolve() : wait()),
    open() {
      closedUntil = 0;
      waiting?.open();
      waiting = null;
    },
  };
}
