import type { MessageWindowHandle } from '@causerie/react';
import { type RefObject, useEffect, useEffectEvent, useState } from 'react';
import { useAttempt } from '../ui/use-attempt.ts';

/** A place over which one only passes is not loaded. */
const SETTLED_MS = 200;
/** Below the scrubber itself. */
const TOP = 72;

interface Seeking {
  /** Where one wants to be, until one is there; null then. */
  readonly wanted: number | null;
  readonly seek: (seq: number) => void;
}

/** Leads to a place as soon as one has settled on it; the focus stays. A place that cannot be loaded leaves the old one. */
export function useSeeking(window: RefObject<MessageWindowHandle | null>, lastSeq: number): Seeking {
  const [wanted, seek] = useState<number | null>(null);
  const attempt = useAttempt();
  const go = useEffectEvent(async (seq: number): Promise<void> => {
    const place = seq === lastSeq ? null : { seq, top: TOP };
    await attempt(() => window.current?.scrollToPlace(place));
    seek((now) => (now === seq ? null : now));
  });
  useEffect(() => {
    if (wanted === null) return undefined;
    const timer = setTimeout(() => void go(wanted), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  return { wanted, seek };
}
