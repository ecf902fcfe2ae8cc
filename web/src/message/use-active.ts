import { type FocusEvent, type MouseEvent, type PointerEvent, useState } from 'react';

/** Whether somebody is at a row: with the pointer, by the keyboard, or after a tap, until the next one. */
export function useActive() {
  const [isHovered, setHovered] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const handlers = {
    onPointerEnter: ({ pointerType }: PointerEvent): void => {
      if (pointerType === 'mouse') setHovered(true);
    },
    onPointerLeave: (): void => setHovered(false),
    onClick: ({ nativeEvent, target, currentTarget }: MouseEvent<HTMLElement>): void => {
      if ((nativeEvent as globalThis.PointerEvent).pointerType !== 'touch') return;
      // What a menu hears comes here, too, though the menu stands elsewhere.
      const pressed = target instanceof Element ? target.closest('a, button, article') : null;
      if (pressed !== currentTarget && !pressed?.matches('[data-closes]')) return;
      currentTarget.focus({ preventScroll: true });
      setFocused((wasFocused) => pressed === currentTarget && !wasFocused);
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
