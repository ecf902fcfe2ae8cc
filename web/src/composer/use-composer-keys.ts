import { type CompositionEvent, type KeyboardEvent, useRef } from 'react';
import { chosenEnterKey } from './enter-key.ts';

/** Safari reports the key that ends a composition after its end, with this code. */
const COMPOSING = 229;
/** The key that has ended a composition comes within the same moment. */
const SAME_MOMENT_MS = 30;

/** What keys do in the composer. */
interface KeyActions {
  /** Something is being chosen: its keys come before all others. */
  readonly choose: (event: KeyboardEvent) => boolean;
  readonly send: () => void;
  /** Brings back what was said before. */
  readonly recall: () => boolean;
  /** Ends what the composer is used for. */
  readonly leave: () => boolean;
}

/** Enter sends, and Shift with Enter breaks the line. Keys that belong to an input method do nothing of the kind. */
export function useComposerKeys({ choose, send, recall, leave }: KeyActions) {
  const ended = useRef(-Infinity);
  const isOfInputMethod = ({ nativeEvent }: KeyboardEvent): boolean =>
    nativeEvent.isComposing ||
    nativeEvent.keyCode === COMPOSING ||
    // When they were pressed: a busy page hears of them later, and not at the same time.
    nativeEvent.timeStamp - ended.current < SAME_MOMENT_MS;
  function isDone(event: KeyboardEvent): boolean {
    if (choose(event)) return true;
    if (event.key === 'Escape') return leave();
    if (event.key === 'ArrowUp') return recall();
    if (event.key !== 'Enter' || !sends(event)) return false;
    send();
    return true;
  }
  return {
    onCompositionEnd: ({ nativeEvent }: CompositionEvent): void => {
      ended.current = nativeEvent.timeStamp;
    },
    onKeyDown: (event: KeyboardEvent): void => {
      if (!isOfInputMethod(event) && isDone(event)) event.preventDefault();
    },
  };
}

/** With Ctrl or the Mac's Command Enter always sends. */
const sends = ({ shiftKey, ctrlKey, metaKey }: KeyboardEvent): boolean =>
  ctrlKey || metaKey || (!shiftKey && chosenEnterKey() === 'send');
