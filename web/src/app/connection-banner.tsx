import { useConnection } from '@causerie/react';
import { type ReactElement, useEffect, useState } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import styles from './connection-banner.module.css';

/** A short break is none: people would only be disturbed. */
const SHOWN_AFTER_MS = 2_000;

/** Says that there is no connection, once that has lasted; it lies over the list, which does not move. */
export function ConnectionBanner(): ReactElement {
  const { status } = useConnection();
  const { common } = useTexts();
  const [isLong, setLong] = useState(false);
  const isAway = status === 'offline' || status === 'connecting' || status === 'refused';
  useEffect(() => {
    if (!isAway) return undefined;
    const timer = setTimeout(() => setLong(true), SHOWN_AFTER_MS);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isAway]);
  return (
    <output className={styles.banner} data-shown={isLong}>
      {isLong && common.noConnection}
    </output>
  );
}
