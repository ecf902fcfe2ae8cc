import type { Ports } from '../defaults/resolve-ports.ts';

/** Milliseconds out of sight after which the socket may be dead without anybody having noticed. */
const LONG = 30_000;

/** Sockets often look open after a sleep, and are not: they are replaced when people come back. Returns how to end it. */
export function watchPage(
  { clock, lifecycle }: Pick<Ports, 'clock' | 'lifecycle'>,
  react: { replace(): void; lose(): void },
): () => void {
  // Neither clock tells the truth alone: one may stand still while the machine sleeps, the other one may be set.
  const times = (): number[] => [clock.now(), clock.wallTime()];
  let hiddenAt = lifecycle.isVisible() ? null : times();
  return lifecycle.watch((change) => {
    if (change === 'offline') react.lose();
    else if (change === 'hidden') hiddenAt = times();
    else {
      const since = hiddenAt;
      if (change === 'visible') hiddenAt = null;
      const isLong = since !== null && times().some((time, index) => time - (since[index] ?? time) > LONG);
      if (change !== 'visible' || isLong) react.replace();
    }
  });
}
