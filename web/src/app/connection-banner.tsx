import type { ReactElement } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import styles from './connection-banner.module.css';
import { useIsAway } from './use-is-away.ts';

/** Says that there is no connection, once that has lasted; it lies over the list, which does not move. */
export function ConnectionBanner(): ReactElement {
  const { common } = useTexts();
  const isAway = useIsAway();
  return (
    <output className={styles.banner} data-shown={isAway}>
      {isAway && common.noConnection}
    </output>
  );
}
