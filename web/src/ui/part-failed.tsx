import type { ReactElement } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import { Button } from './button.tsx';
import { EmptyState } from './empty-state.tsx';
import styles from './part-failed.module.css';

export interface PartFailedProps {
  readonly onRetry: () => void;
  /** Leaves the part, where that is possible. */
  readonly onClose?: (() => void) | undefined;
}

/** A part of the client could not be loaded. */
export function PartFailed({ onRetry, onClose }: PartFailedProps): ReactElement {
  const { common } = useTexts();
  return (
    <div className={styles.failed} role="alert">
      <EmptyState text={common.noAnswer}>
        <Button look="main" onClick={onRetry}>
          {common.retry}
        </Button>
        {onClose && <Button onClick={onClose}>{common.close}</Button>}
      </EmptyState>
    </div>
  );
}
