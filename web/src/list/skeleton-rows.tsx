import type { ReactElement } from 'react';
import styles from './skeleton-rows.module.css';

const ROWS = ['70%', '55%', '82%', '64%', '76%', '48%', '68%', '58%'];

/** Stands for rows that are being loaded for the first time. */
export function SkeletonRows(): ReactElement {
  return (
    <div className={styles.rows} aria-hidden>
      {ROWS.map((width) => (
        <svg key={width} className={styles.row} viewBox="0 0 100 20" preserveAspectRatio="none">
          <rect x="0" y="2" width={width} height="6" rx="1.5" />
          <rect x="0" y="12" width="40%" height="5" rx="1.5" />
        </svg>
      ))}
    </div>
  );
}
