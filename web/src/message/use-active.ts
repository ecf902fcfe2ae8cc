import { type FocusEvent, type MouseEvent, type PointerEvent, useState } from 'react';

/** Whether somebody is at a row: with the pointer, by the keyboard, or after a tap. */
export function useActive() {
  const [isHovered, setHovered] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const handlers = {
    onPointerEnter: ({ pointerType }: PointerEvent): void => {
      if (pointerType === 'mouse') setHovered(true);
    },
    onPointerLeave: (): void => setHovered(false),
    onClick: ({ nativeEvent, currentTarget }: MouseEvent<HTMLElement>): void => {
      if ((nativeEvent as globalThis.PointerEvent).pointerType !== 'touch') return;
      if (!currentTarget.contains(document.activeElement)) currentTarget.focus({ preventScroll: true });
      setFocused(true);
    },
    onFocus: ({ target }: FocusEvent): void => {
      if (target.matches(':focus-visible')) setFocused(true);
    },
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent): void => {
      if (!currentTarget.contains(relatedTarget)) setFocused(false);
    },
  };
  return [isHovered || isFocused, handlers] as const;
}
