import { type RefObject, useLayoutEffect } from 'react';

/** Texts that can be sent are shorter. */
const MEASURED = 10_000;

/** Makes a field as high as its text; CSS bounds it. `field-sizing` would do it, but Safari has it not. */
export function useAutosize(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    // To measure a text that is far too long would take long, and it is as high as CSS allows.
    element.style.height = text.length > MEASURED ? '100vh' : `${element.scrollHeight}px`;
  }, [field, text]);
}
