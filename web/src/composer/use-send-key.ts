import { type KeyboardEvent, useRef } from 'react';

/** Safari reports the key that ends a composition after its end, with this code. */
const COMPOSING = 229;
/** The key that has ended a composition comes within the same moment. */
const SAME_MOMENT_MS = 30;

const hasKeyboard = (): boolean => !matchMedia('(pointer: coarse)').matches;

/** Enter sends, and Shift with Enter breaks the line. Keys that belong to an input method do neither. */
export function useSendKey(send: () => void) {
  const ended = useRef(-Infinity);
  return {
    onCompositionEnd: (): void => {
      ended.current = performance.now();
    },
    onKeyDown: (event: KeyboardEvent): void => {
      const { key, shiftKey, nativeEvent } = event;
      if (key !== 'Enter' || shiftKey || !hasKeyboard()) return;
      if (nativeEvent.isComposing || nativeEvent.keyCode === COMPOSING) return;
      if (performance.now() - ended.current < SAME_MOMENT_MS) return;
      event.preventDefault();
      send();
    },
  };
}
