import { type ReactElement, useSyncExternalStore } from 'react';
import { currentToast, watchToast } from './toast-state.ts';
import styles from './toasts.module.css';

/** The one place for short notes; it is there from the start, so that screen readers know it. */
export function ToastRegion(): ReactElement {
  const text = useSyncExternalStore(watchToast, currentToast);
  return (
    <output className={styles.toast} data-shown={text !== ''}>
      {text}
    </output>
  );
}
