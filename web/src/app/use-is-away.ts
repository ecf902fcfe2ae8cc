import { useConnection } from '@causerie/react';
import { useEffect, useState } from 'react';

/** A short break is none: people would only be disturbed. */
const SHOWN_AFTER_MS = 2_000;

/** Whether there is no connection, once that has lasted. */
export function useIsAway(): boolean {
  const { status } = useConnection();
  const [isLong, setLong] = useState(false);
  const isAway = status === 'offline' || status === 'connecting' || status === 'refused';
  useEffect(() => {
    if (!isAway) return undefined;
    const timer = setTimeout(() => setLong(true), SHOWN_AFTER_MS);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isAway]);
  return isLong;
}
