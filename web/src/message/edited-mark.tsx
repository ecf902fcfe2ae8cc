import type { ReactElement } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import styles from './message.module.css';

interface EditedMarkProps {
  /** Shows what it said before; absent for who may not see it. */
  readonly onClick: (() => void) | undefined;
}

export function EditedMark({ onClick }: EditedMarkProps): ReactElement {
  const { message, conversation } = useTexts();
  const text = `(${conversation.edited})`;
  if (!onClick) return <small className={styles.edited}>{text}</small>;
  return (
    <button type="button" className={styles.edited} title={message.history} onClick={onClick}>
      {text}
    </button>
  );
}
