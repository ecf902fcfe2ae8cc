import { usePresence } from '@causerie/react';
import type { ReactElement } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import styles from './online-mark.module.css';

/** Says that somebody is online; nothing else is said of others. */
export function OnlineMark({ userId }: { readonly userId: string }): ReactElement | null {
  const { conversation } = useTexts();
  return usePresence(userId)?.status === 'online' ? (
    <span className={styles.online}>{conversation.online}</span>
  ) : null;
}
