import { useState } from 'react';

/** Whether a number is higher than it was when that was settled the last time, or since the lowest value after it. */
export function useHasRisen(count: number): readonly [hasRisen: boolean, settle: () => void] {
  const [settled, setSettled] = useState(count);
  if (count < settled) setSettled(count);
  return [count > settled, () => setSettled(count)];
}
