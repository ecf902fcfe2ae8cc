import { type RefObject, useEffect, useRef } from 'react';
import { useLocation } from 'wouter';

/**
 * Who goes to another page keeps the focus: when what had it is not shown there, the page gets it, or on a phone the row of the
 * list from which one came. What a page focuses itself has it.
 */
export function useFocusKept(shell: RefObject<HTMLElement | null>): void {
  const [path] = useLocation();
  /** Where it has begun: a page that is loaded has no focus. */
  const first = useRef(path);
  useEffect(() => {
    if (path === first.current) return;
    first.current = '';
    const { activeElement } = document;
    if (activeElement !== document.body && activeElement?.checkVisibility()) return;
    const places = ['[data-start]', 'main'].map((place) => shell.current?.querySelector<HTMLElement>(place));
    const shown = places.filter((element) => element?.checkVisibility());
    (path === '/' ? shown[0] : shown.at(-1))?.focus({ preventScroll: true });
  }, [path, shell]);
}
