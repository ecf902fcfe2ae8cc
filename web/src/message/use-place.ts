import { type RefObject, useLayoutEffect } from 'react';

/**
 * Where the buttons of a message stand on touch screens: above it; below it, where there is no room above; and within a message
 * that leaves no room at all.
 */
export function usePlace(bar: RefObject<HTMLElement | null>, row: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const view = row.current?.closest('[data-messages]')?.getBoundingClientRect();
    if (!bar.current || !row.current || !view) return;
    const { top, bottom } = row.current.getBoundingClientRect();
    const { offsetHeight } = bar.current;
    const hasRoom = { above: top - view.top > offsetHeight, below: view.bottom - bottom > offsetHeight };
    bar.current.dataset['place'] = hasRoom.above ? 'above' : hasRoom.below ? 'below' : 'within';
  }, [bar, row]);
}
