import type { ThrottlerStorage } from '@nestjs/throttler';

export type CountedHit = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** Beyond the limit a client waits for the end of its window, not longer. */
export function countedHit(totalHits: number, limit: number, secondsLeft: number): CountedHit {
  const isBlocked = totalHits > limit;
  return {
    totalHits,
    timeToExpire: secondsLeft,
    isBlocked,
    timeToBlockExpire: isBlocked ? secondsLeft : 0,
  };
}
