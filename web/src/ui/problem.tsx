import type { ReactElement } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import { errorText } from './error-text.ts';
import styles from './problem.module.css';
import { useSecondsLeft } from './use-seconds-left.ts';

interface ProblemProps {
  readonly error: unknown;
  /** What it is called here, where more is known of it than its code. */
  readonly text?: string | undefined;
}

/**
 * Why something has failed. Its place is there from the start, so that screen readers tell what comes, once: the seconds that
 * are counted down are only seen. It goes when they are over.
 */
export function Problem({ error, text }: ProblemProps): ReactElement {
  const texts = useTexts();
  const left = useSecondsLeft(error);
  const isShown = error !== null && left !== 0;
  return (
    <>
      <p className={styles.problem} role="alert" data-told={left === null}>
        {isShown && (text ?? errorText(texts, error))}
      </p>
      {isShown && left !== null && (
        <p className={styles.problem} aria-hidden>
          {text ?? errorText(texts, error, left)}
        </p>
      )}
    </>
  );
}
