import type { ReactElement } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import { errorText } from './error-text.ts';
import styles from './problem.module.css';

/** Why something has failed. Its place is there from the start, so that screen readers tell what comes. */
export function Problem({ error }: { readonly error: unknown }): ReactElement {
  const texts = useTexts();
  return (
    <p className={styles.problem} role="alert">
      {error !== null && errorText(texts, error)}
    </p>
  );
}
