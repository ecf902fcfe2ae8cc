import { useEffect, useEffectEvent, useRef } from 'react';

/** Several changes that come together are one. */
const PAUSE_MS = 1_000;

/** Does something when a number has become another one, and has stayed so for a second; null is none. */
export function useSettled(value: number | null, act: () => void): void {
  const before = useRef<number | null>(null);
  const settle = useEffectEvent(act);
  useEffect(() => {
    if (value === null || before.current === null) {
      before.current = value;
      return undefined;
    }
    if (before.current === value) return undefined;
    const timer = setTimeout(() => {
      before.current = value;
      settle();
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
}
