import type { OwnMembership } from '../contract.ts';
import type { Observable } from '../api/observable.ts';
import { createStore } from '../observable/create-store.ts';
import type { Clock } from '../ports.ts';

/** The longest that timers can wait. */
const LONGEST = 2 ** 31 - 1;

export interface Muting {
  /** Changes when a conversation is no longer muted. */
  readonly ended: Observable<object>;
  /** Whether it is muted now. */
  readonly isMuted: (me: OwnMembership) => boolean;
  /** Waits for the first of these to end. */
  readonly await: (ends: Iterable<OwnMembership>) => void;
}

export function createMuting(clock: Clock): Muting {
  const ended = createStore<object>({});
  let cancel: (() => void) | undefined;
  const left = ({ mutedUntil }: OwnMembership): number =>
    mutedUntil ? Date.parse(mutedUntil) - clock.wallTime() : 0;

  return {
    ended,
    isMuted: (me) => left(me) > 0,
    await(memberships) {
      cancel?.();
      cancel = undefined;
      const first = Math.min(...[...memberships].map(left).filter((ms) => ms > 0));
      if (first < Infinity) cancel = clock.setTimer(Math.min(first, LONGEST), () => ended.set({}));
    },
  };
}
