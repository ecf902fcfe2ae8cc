import type { Clock, LockProvider } from '../ports.ts';
import { deferred, nothing } from './deferred.ts';
import { environment } from './environment.ts';

/** The last holder of each lock in this process. */
const tails = new Map<string, Promise<void>>();

/** `navigator.locks`, or else one queue per process. */
export function tabLocks(clock: Clock): LockProvider {
  return {
    async withLock(name, waitMs, work) {
      const held = deferred();
      const late = deferred();
      const stopWaiting = clock.setTimer(waitMs, late.resolve);
      // Locks may be forbidden, as storage may.
      await Promise.race([granted(name, held.promise).catch(nothing), late.promise]);
      stopWaiting();
      try {
        return await work();
      } finally {
        held.resolve();
      }
    },
  };
}

/** Resolves when the lock is there; it is kept until `held` resolves. */
function granted(name: string, held: Promise<void>): Promise<void> {
  const locks = environment().navigator?.locks;
  if (locks) {
    return new Promise((resolve) => {
      const hold = (): Promise<void> => (resolve(), held);
      locks.request(name, hold).catch(resolve);
    });
  }
  const before = tails.get(name) ?? Promise.resolve();
  tails.set(
    name,
    before.then(() => held),
  );
  return before;
}
