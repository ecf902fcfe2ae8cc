import { isCauserieError } from '@causerie/client';
import { useEffect, useState } from 'react';

/** How many seconds the server still asks to wait after a failure; null when it asks for nothing. */
export function useSecondsLeft(error: unknown): number | null {
  const waitMs = isCauserieError(error) ? error.retryAfterMs : null;
  const [elapsed, setElapsed] = useState({ error, ms: 0 });
  useEffect(() => {
    if (waitMs === null) return undefined;
    const start = performance.now();
    const timer = setInterval(() => {
      const ms = performance.now() - start;
      setElapsed({ error, ms });
      if (ms >= waitMs) clearInterval(timer);
    }, 1_000);
    return () => clearInterval(timer);
  }, [error, waitMs]);
  if (waitMs === null) return null;
  const ms = elapsed.error === error ? elapsed.ms : 0;
  return Math.max(0, Math.ceil((waitMs - ms) / 1_000));
}
