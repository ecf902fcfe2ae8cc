import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { shiftOf } from './shift-of.ts';

/** Rows around the middle of the view that are in the page; the one where Tab stops may be elsewhere. */
const SHOWN = 39;
/** The window moves by so many rows at a time. */
const STRIDE = 4;
/** Rows at the top of the view by which one knows how far the others have moved. */
const ANCHORS = 3;

/**
 * Which of many rows of one height are in the page. What is in view stays where it is when the order changes, unless one is at
 * the beginning.
 * @param scroller contains the list, which is as high as all rows
 */
export function useRowWindow(scroller: RefObject<HTMLElement | null>, ids: readonly string[]) {
  const [from, setFrom] = useState(0);
  const anchors = useRef<readonly (readonly [id: string, place: number])[]>([]);
  const first = Math.max(0, Math.min(from, ids.length - SHOWN));
  const rowHeight = (): number => (scroller.current?.querySelector('ul')?.offsetHeight ?? 0) / ids.length;

  useLayoutEffect(() => {
    const height = rowHeight();
    if (!scroller.current || !height) return;
    if (scroller.current.scrollTop > 0) scroller.current.scrollTop += shiftOf(anchors.current, ids) * height;
    noteAnchors(scroller.current.scrollTop / height);
  });
  function noteAnchors(top: number): void {
    const place = Math.floor(top);
    anchors.current = ids.slice(place, place + ANCHORS).map((id, index) => [id, place + index]);
  }
  function follow(): void {
    const height = rowHeight();
    if (!scroller.current || !height) return;
    const { scrollTop, clientHeight } = scroller.current;
    noteAnchors(scrollTop / height);
    const middle = (scrollTop + clientHeight / 2) / height;
    setFrom(Math.max(0, Math.floor((middle - SHOWN / 2) / STRIDE) * STRIDE));
  }
  // The window has another size, or the text has.
  const onResize = useEffectEvent(follow);
  useEffect(() => {
    const observer = new ResizeObserver(() => onResize());
    for (const element of [scroller.current, scroller.current?.querySelector('ul')])
      if (element) observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return {
    isShown: (place: number): boolean => place >= first && place < first + SHOWN,
    // In the same frame: nobody sees where no rows are.
    onScroll: (): void => flushSync(follow),
  };
}
