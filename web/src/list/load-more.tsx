import { useConversations } from '@causerie/react';
import { type ReactElement, useEffect, useRef } from 'react';

/** How far from the end the next page is loaded. */
const AHEAD = '600px';

/** Loads the next page of the list when its end comes near. */
export function LoadMore(): ReactElement | null {
  const { hasMore, status, loadMore } = useConversations();
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = mark.current;
    if (!element) return undefined;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && void loadMore(), {
      rootMargin: AHEAD,
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [hasMore, status, loadMore]);
  return hasMore ? <div ref={mark} /> : null;
}
