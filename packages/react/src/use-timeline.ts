import type { Timeline, TimelineState } from '@causerie/client';
import { useEffect } from 'react';
import { TIMELINE } from './initial-states.ts';
import { useConversation } from './use-conversation.ts';
import { useObservable } from './use-observable.ts';

/** Where a timeline is opened. */
export interface TimelineOptions {
  /** The newest messages, those after the last that was read, or those around a `seq`. Default: `unread`. */
  readonly at?: 'latest' | 'unread' | number;
}

/**
 * The timeline of a conversation, which is opened once it is shown, and stays in memory afterwards. It renders nothing again:
 * for `MessageWindow`, which subscribes to it.
 */
export function useOpenTimeline(id: string, { at = 'unread' }: TimelineOptions = {}): Timeline {
  const { timeline } = useConversation(id);
  useEffect(() => {
    // The state says what has failed.
    timeline.open(at).catch(() => undefined);
  }, [timeline, at]);
  return timeline;
}

/** The messages of a conversation, and how to load more. */
export function useTimeline(
  id: string,
  options?: TimelineOptions,
): TimelineState & Pick<Timeline, 'loadOlder' | 'loadNewer' | 'jumpTo'> {
  const timeline = useOpenTimeline(id, options);
  const { loadOlder, loadNewer, jumpTo } = timeline;
  return { ...useObservable(timeline, TIMELINE), loadOlder, loadNewer, jumpTo };
}
