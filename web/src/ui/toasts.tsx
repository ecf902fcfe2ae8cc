import { type ReactElement, useEffect, useId, useSyncExternalStore } from 'react';
import { addRegion, toastIn, watchToast } from './toast-state.ts';
import styles from './toasts.module.css';

/** The place for short notes; it is there from the start, so that screen readers know it. */
export function ToastRegion(): ReactElement {
  const region = useId();
  const text = useSyncExternalStore(watchToast, () => toastIn(region));
  useEffect(() => addRegion(region), [region]);
  return (
    <output className={styles.toast} data-shown={text !== ''}>
      {text}
    </output>
  );
}
