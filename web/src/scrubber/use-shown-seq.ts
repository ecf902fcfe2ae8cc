import type { MessageWindowHandle } from '@causerie/react';
import { type RefObject, useEffect, useState } from 'react';

/** How often at most it is looked at. */
const EVERY_MS = 100;

/** The message that is shown now; null at the end. */
export function useShownSeq(
  box: RefObject<HTMLElement | null>,
  window: RefObject<MessageWindowHandle | null>,
): number | null {
  const [seq, setSeq] = useState<number | null>(null);
  useEffect(() => {
    const scroller = box.current?.querySelector('[data-messages]');
    let timer: ReturnType<typeof setTimeout> | undefined;
    function look(): void {
      timer ??= setTimeout(() => {
        timer = undefined;
        setSeq(window.current?.readPlace()?.seq ?? null);
      }, EVERY_MS);
    }
    look();
    scroller?.addEventListener('scroll', look);
    return () => {
      clearTimeout(timer);
      scroller?.removeEventListener('scroll', look);
    };
  }, [box, window]);
  return seq;
}
