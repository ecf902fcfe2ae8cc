import { ArrowDown } from 'lucide-react';
import type { ReactElement } from 'react';
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
      <ArrowDown size={18} aria-hidden />
      {newCount > 0 && conversation.newCount(newCount)}
    </button>
  );
}
