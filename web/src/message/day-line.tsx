import type { ReactElement } from 'react';
import { useSpeech } from '../texts/texts-context.ts';
import { dayName } from '../texts/times.ts';
import styles from './day-line.module.css';
import { useToday } from './use-today.ts';

/** Stands between the messages of two days. */
export function DayLine({ time }: { readonly time: string }): ReactElement {
  const { texts, language } = useSpeech();
  useToday();
  return <h2 className={styles.line}>{dayName(language, texts.conversation, time)}</h2>;
}
