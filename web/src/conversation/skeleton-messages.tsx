import type { ReactElement } from 'react';
import styles from './skeleton-messages.module.css';

const ROWS = ['one', 'two', 'three', 'four', 'five'];

/** Stands for messages that are being loaded for the first time; what comes at once shows none of it. */
export function SkeletonMessages(): ReactElement {
  return (
    <div className={styles.rows} data-skeleton aria-hidden>
      {ROWS.map((row) => (
        <div key={row} className={styles.row} />
      ))}
    </div>
  );
}
