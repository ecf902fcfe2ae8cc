import { type RefObject, useEffect } from 'react';
import { isFocusOutside } from '../ui/where-focus.ts';

/** Left in the history: the address that was opened from the list. */
interface Opened {
  readonly opened?: string;
}

/** To be called before one goes there. */
export function noteOpened(opened: string): void {
  history.replaceState({ ...(history.state as object), opened }, '');
}

/**
 * Who comes back to a list finds the focus on the row from which they went, unless they have gone on before it was there.
 * @param isThere whether the rows are loaded
 */
export function useOpenedRow(page: RefObject<HTMLElement | null>, isThere: boolean): void {
  useEffect(() => {
    const { opened } = (history.state ?? {}) as Opened;
    if (!isThere || opened === undefined || isFocusOutside(page.current)) return;
    const links = [...(page.current?.querySelectorAll('a') ?? [])];
    links.find((link) => link.getAttribute('href') === opened)?.focus();
  }, [page, isThere]);
}
