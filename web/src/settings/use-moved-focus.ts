import { type RefObject, useEffect, useRef } from 'react';

/** On a phone the list of sections goes away for a section, with the link that had the focus: the title has it then. */
export function useMovedFocus(title: RefObject<HTMLElement | null>, path: string | undefined): void {
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current !== path && document.activeElement === document.body) title.current?.focus();
    shown.current = path;
  }, [title, path]);
}
