import type { Clock } from '../ports.ts';
import { nothing } from './deferred.ts';

/** A clock whose timers all end with the client, which sets no further ones then. */
export function scopedClock(clock: Clock): Clock & { cancelAll(): void } {
  const cancels = new Set<() => void>();
  let isOver = false;
  return {
    now: () => clock.now(),
    wallTime: () => clock.wallTime(),
    setTimer(delayMs, run) {
      if (isOver) return nothing;
      const end = (): void => {
        cancels.delete(end);
        cancel();
      };
      const cancel = clock.setTimer(delayMs, () => {
        cancels.delete(end);
        run();
      });
      cancels.add(end);
      return end;
    },
    cancelAll() {
      isOver = true;
      cancels.forEach((cancel) => cancel());
    },
  };
}
