import type { Timeline } from '@causerie/client';
import { useEffect, useState } from 'react';

/** Where further messages could not be loaded. */
export type FailedEdge = 'older' | 'newer' | null;

/** At which end of what is shown further messages could not be loaded; a jump that failed leaves no gap. */
export function useFailedEdge(timeline: Timeline): FailedEdge {
  const [edge, setEdge] = useState<FailedEdge>(null);
  useEffect(() => {
    let tried: FailedEdge = null;
    function note(): void {
      const { busy, error } = timeline.getSnapshot();
      if (busy !== null) tried = busy === 'older' || busy === 'newer' ? busy : null;
      setEdge(busy === null && error !== null ? tried : null);
    }
    note();
    return timeline.subscribe(note);
  }, [timeline]);
  return edge;
}
