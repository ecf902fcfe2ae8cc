import type { Conversation } from '@causerie/client';
import { type RefObject, useEffect } from 'react';

/** A message that was only scrolled past was not read. */
const READ_AFTER_MS = 500;

/** Marks as read what stands in view for half a second while somebody looks at this window. */
export function useMarkRead(box: RefObject<HTMLElement | null>, conversation: Conversation): void {
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const timer = setInterval(() => {
      // A thread or the details may cover it.
      if (element.closest('[inert]')) return;
      if (document.visibilityState !== 'visible' || !document.hasFocus()) return;
      const seen = lowestRowIn(element);
      if (seen === waiting && seen > read) {
        read = seen;
        conversation.markRead(seen);
      }
      waiting = seen;
    }, READ_AFTER_MS);
    let waiting = 0;
    let read = 0;
    return () => clearInterval(timer);
  }, [box, conversation]);
}

/** `seq` of the lowest row whose end, or whose largest part, is in view; 0 when there is none. */
function lowestRowIn(element: HTMLElement): number {
  const { top, bottom } = element.getBoundingClientRect();
  let lowest = 0;
  for (const row of element.querySelectorAll<HTMLElement>('[data-seq]')) {
    const place = row.getBoundingClientRect();
    const isSeen = place.bottom <= bottom + 1 ? place.bottom > top : place.top < top + (bottom - top) / 2;
    if (isSeen) lowest = Math.max(lowest, Number(row.dataset['seq']));
  }
  return lowest;
}
