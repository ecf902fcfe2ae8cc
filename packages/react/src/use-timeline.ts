import type { Timeline, TimelineState } from '@causerie/client';
import { useEffect, useMemo } from 'react';
import { TIMELINE } from './initial-states.ts';
import { useConversation } from './use-conversation.ts';
import { useObservable } from './use-observable.ts';
import { useUserId } from './use-session.ts';

/** Where a timeline is opened. */
export interface TimelineOptions {
  /**
   * The newest messages, those after the last that was read, or those around a `seq`. Default: what is held from the last time,
   * else `unread`.
   */
  readonly at?: 'latest' | 'unread' | number | undefined;
}

/** The messages of a conversation, and how to load others. The functions stay the same. */
export interface OpenTimeline
  extends TimelineState, Readonly<Pick<Timeline, 'loadOlder' | 'loadNewer' | 'jumpTo'>> {}

/**
 * The timeline of a conversation, which is opened once it is shown, and stays in memory afterwards. It renders nothing again:
 * for `MessageWindow`, which subscribes to it.
 */
export function useOpenTimeline(id: string, { at }: TimelineOptions = {}): Timeline {
  const { timeline } = useConversation(id);
  const userId = useUserId();
  useEffect(() => {
    if (userId === undefined) return;
    const { first, last } = timeline.getSnapshot();
    // The state says what has failed.
    void timeline.open(at ?? (last < first ? 'unread' : undefined));
  }, [timeline, at, userId]);
  return timeline;
}

/** The messages of a conversation, which is opened once it is shown. */
export function useTimeline(id: string, options?: TimelineOptions): OpenTimeline {
  const timeline = useOpenTimeline(id, options);
  const functions = useMemo<Pick<Timeline, 'loadOlder' | 'loadNewer' | 'jumpTo'>>(
    () => ({
      loadOlder: () => timeline.loadOlder(),
      loadNewer: () => timeline.loadNewer(),
      jumpTo: (place) => timeline.jumpTo(place),
    }),
    [timeline],
  );
  return { ...useObservable(timeline, TIMELINE), ...functions };
}
