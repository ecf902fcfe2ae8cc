import type { Clock } from '../ports.ts';
import { sorted } from './lists.ts';

/** Time that passes only when a test says so. Give it to the clients of the test, too. */
export interface TestClock extends Clock {
  /** Lets time pass, with each timer at its time, and everything that follows from it. */
  advance(ms: number): Promise<void>;
  /** Lets everything happen that needs no time. */
  idle(): Promise<void>;
}

/** Turns of the event loop after which nothing that needs no time is left. */
const TURNS = 5;

/** Creates a clock that stands still until it is moved. `startsAt` is in milliseconds since 1970. */
export function createTestClock(startsAt: number): TestClock {
  const timers = new Set<{ readonly due: number; readonly run: () => void }>();
  let time = 0;

  return {
    now: () => time,
    wallTime: () => startsAt + time,
    setTimer(delayMs, run) {
      const timer = { due: time + delayMs, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    idle,
    async advance(ms) {
      const end = time + ms;
      await idle();
      for (;;) {
        const [next] = sorted(timers, (a, b) => a.due - b.due);
        if (!next || next.due > end) break;
        time = Math.max(time, next.due);
        timers.delete(next);
        next.run();
        await idle();
      }
      time = end;
    },
  };
}

async function idle(): Promise<void> {
  for (let turns = 0; turns < TURNS; turns += 1) await nextTurn();
}

/** By a channel where there is one: fake timers of test runners do not stop it. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof MessageChannel === 'undefined') {
      setTimeout(resolve, 0);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    const arrive = (): void => {
      port1.close();
      resolve();
    };
    port1.addEventListener('message', arrive, { once: true });
    port1.start();
    port2.postMessage(null);
  });
}
