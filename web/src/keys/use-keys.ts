import { useEffect } from 'react';
import { createAreas } from './areas.ts';

const EDITABLE = 'input, textarea, select, [contenteditable]';

/** F6 and Shift+F6 lead from one area of the screen to the next, `/` to the search. */
export function useKeys(): void {
  useEffect(() => {
    const areas = createAreas();
    function press(event: KeyboardEvent): void {
      const { key, shiftKey, altKey, ctrlKey, metaKey, target, isComposing } = event;
      if (event.defaultPrevented || altKey || ctrlKey || metaKey || isComposing) return;
      if (document.querySelector('dialog:modal')) return;
      if (key === 'F6') {
        event.preventDefault();
        areas.move(shiftKey ? -1 : 1);
      }
      const search = document.querySelector<HTMLElement>('[data-search]');
      const isWriting = target instanceof Element && target.closest(EDITABLE) !== null;
      if (key === '/' && !isWriting && search?.checkVisibility()) {
        event.preventDefault();
        search.focus();
      }
    }
    const note = ({ target }: FocusEvent): void => {
      if (target instanceof HTMLElement) areas.note(target);
    };
    document.addEventListener('keydown', press);
    document.addEventListener('focusin', note);
    return () => {
      document.removeEventListener('keydown', press);
      document.removeEventListener('focusin', note);
    };
  }, []);
}
