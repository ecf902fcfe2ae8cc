import type { ReactElement } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import { Button } from '../ui/button.tsx';
import { errorText } from '../ui/error-text.ts';
import { useAction } from '../ui/use-action.ts';
import styles from './row-action.module.css';

interface RowActionProps {
  readonly text: string;
  /** What it does, and to which row. */
  readonly label: string;
  readonly perform: () => Promise<unknown>;
}

/** Does something with a row of a list; why it has failed stands below. */
export function RowAction({ text, label, perform }: RowActionProps): ReactElement {
  const texts = useTexts();
  const { isBusy, error, run } = useAction();
  return (
    <span className={styles.action}>
      <Button aria-label={label} aria-disabled={isBusy} onClick={() => void run(perform)}>
        {text}
      </Button>
      <small role="alert">{error !== null && errorText(texts, error)}</small>
    </span>
  );
}
