import type { Presence } from '../contract.ts';
import { asCauserieError } from '../errors/error-of.ts';
import type { Scope } from '../sync/scope.ts';

/** Milliseconds in which several changes of who is watched are told together. */
const GATHERING = 50;
/** Users that a socket watches, at most. */
const WATCHED = 200;

/** Watches the presence of users while somebody observes them. Returns how to observe one, which returns how to end that. */
export function createPresenceWatch(
  { clock, emit, onOnline }: Scope,
  onPresence: (presence: Presence) => void,
): (userId: string) => () => void {
  const observers = new Map<string, number>();
  let isDue = false;

  function tellSoon(delay = GATHERING): void {
    if (isDue) return;
    isDue = true;
    clock.setTimer(delay, () => {
      isDue = false;
      void tell();
    });
  }

  async function tell(): Promise<void> {
    try {
      const userIds = [...observers.keys()].slice(-WATCHED);
      for (const presence of (await emit('subscribe_presence', { userIds })).presence) onPresence(presence);
    } catch (thrown) {
      // The next connection tells it again.
      const { retryAfterMs } = asCauserieError(thrown);
      if (retryAfterMs !== null) tellSoon(retryAfterMs);
    }
  }

  onOnline(async () => {
    if (observers.size > 0) await tell();
  });

  return (userId) => {
    observers.set(userId, (observers.get(userId) ?? 0) + 1);
    if (observers.get(userId) === 1) tellSoon();
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      const left = (observers.get(userId) ?? 1) - 1;
      if (left > 0) observers.set(userId, left);
      else if (observers.delete(userId)) tellSoon();
    };
  };
}
