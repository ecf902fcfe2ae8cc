import type { ReactElement } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import styles from './new-divider.module.css';

/** Stands above the first message that was unread when the visit began. */
export function NewDivider(): ReactElement {
  return <p className={styles.divider}>{useTexts().conversation.newMessages}</p>;
}
