import { type RefObject, useLayoutEffect } from 'react';

/** Makes a field as high as its text; CSS bounds it. `field-sizing` would do it, but Safari has it not. */
export function useAutosize(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [field, text]);
}
