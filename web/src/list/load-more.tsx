import { useConversations } from '@causerie/react';
import { type ReactElement, useEffect, useRef } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** How far from the end the next page is loaded. */
const AHEAD = '600px';

/** Loads the next page of the list when its end comes near. One that could not be loaded waits until it is asked for. */
export function LoadMore(): ReactElement | null {
  const { list, common } = useTexts();
  const { hasMore, status, loadMore } = useConversations();
  const hasFailed = status === 'failed';
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
  if (hasFailed)
    return (
      <div role="alert">
        <EmptyState text={list.couldNotLoad}>
          <Button onClick={() => void loadMore()}>{common.retry}</Button>
        </EmptyState>
      </div>
    );
  return hasMore ? <div ref={mark} /> : null;
}
