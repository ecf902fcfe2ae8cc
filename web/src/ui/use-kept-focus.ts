import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react';

interface KeptFocus {
  readonly onFocus: (event: FocusEvent) => void;
  readonly onBlur: (event: FocusEvent) => void;
}

/**
 * A row that goes away while it has the focus gives it to an element that stays. Who leaves the rows, be it for nothing at all, is
 * not brought back.
 */
export function useKeptFocus(stays: RefObject<HTMLElement | null>): KeptFocus {
  const focused = useRef<Element>(null);
  useLayoutEffect(() => {
    if (!focused.current || document.activeElement !== document.body || canHaveFocus(focused.current)) return;
    stays.current?.focus({ preventScroll: true });
  });
  return {
    onFocus({ target }) {
      focused.current = target;
    },
    onBlur({ target }) {
      // Where the whole window loses the focus the row keeps it.
      if (document.activeElement !== target && canHaveFocus(target)) focused.current = null;
    },
  };
}

const canHaveFocus = (element: Element): boolean =>
  element.isConnected && element.checkVisibility() && !element.matches(':disabled');
