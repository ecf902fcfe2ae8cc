import type { TimelineState } from '@causerie/client';
import { useObservable } from '@causerie/react';
import { lazy, type ReactElement, Suspense } from 'react';
import type { ScrubberProps } from './scrubber.tsx';

/** Messages of which a conversation is long enough to have one. */
const LONG = 200;

/** Without it one still scrolls. */
const Scrubber = lazy(() => import('./scrubber.tsx').catch(() => ({ default: () => null })));

/** Leads to any time of a conversation that is long. */
export function LongScrubber(props: Omit<ScrubberProps, 'lastSeq'>): ReactElement | null {
  const lastSeq = useObservable(props.timeline, props.timeline.getSnapshot(), lastSeqOf);
  if (lastSeq < LONG) return null;
  return (
    <Suspense>
      <Scrubber {...props} lastSeq={lastSeq} />
    </Suspense>
  );
}

const lastSeqOf = ({ lastSeq }: TimelineState): number => lastSeq;
