import type { ReactElement } from 'react';
import { ArrowDown } from '../ui/icons.ts';
import { useTexts } from '../texts/texts-context.ts';
import styles from './end-button.module.css';

interface EndButtonProps {
  /** Messages that have come since the reader left the end. */
  readonly newCount: number;
  readonly onClick: () => void;
}

export function EndButton({ newCount, onClick }: EndButtonProps): ReactElement {
  const { conversation } = useTexts();
  return (
    <button type="button" className={styles.button} onClick={onClick} aria-label={conversation.toTheEnd}>
      <ArrowDown size={18} />
      {newCount > 0 && conversation.newCount(newCount)}
    </button>
  );
}
