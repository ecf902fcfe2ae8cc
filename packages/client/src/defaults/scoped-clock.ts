import type { Clock } from '../ports.ts';

/** A clock whose timers all end with the client. */
export function scopedClock(clock: Clock): Clock & { cancelAll(): void } {
  const cancels = new Set<() => void>();
  return {
    now: () => clock.now(),
    wallTime: () => clock.wallTime(),
    setTimer(delayMs, run) {
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
    cancelAll: () => cancels.forEach((cancel) => cancel()),
  };
}
