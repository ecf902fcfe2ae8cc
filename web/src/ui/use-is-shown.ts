import { type RefObject, useEffect, useRef } from 'react';

/** Whether a component is still shown: an answer that comes later leads nobody away, and closes nothing. */
export function useIsShown(): RefObject<boolean> {
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  return isShown;
}
