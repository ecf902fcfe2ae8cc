import { useState } from 'react';

/**
 * Whether a number is higher than it was when that was settled the last time, or since the lowest value after it. Until it is
 * known for the first time it is counted, and does not rise.
 */
export function useHasRisen(
  count: number,
  isKnown: boolean,
): readonly [hasRisen: boolean, settle: () => void] {
  const [settled, setSettled] = useState(count);
  const [wasKnown, setWasKnown] = useState(false);
  if (isKnown && !wasKnown) setWasKnown(true);
  if (count < settled || (count > settled && !wasKnown)) setSettled(count);
  return [count > settled, () => setSettled(count)];
}
