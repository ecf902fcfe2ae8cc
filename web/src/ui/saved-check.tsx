import type { ReactElement } from 'react';
import { Problem } from './problem.tsx';
import styles from './saved-check.module.css';
import { useSaved } from './use-saved.ts';

interface SavedCheckProps {
  readonly label: string;
  /** What the server has. */
  readonly value: boolean;
  readonly onSave: (value: boolean) => Promise<unknown>;
}

/** The same as `SavedSelect` for something that is on or off. */
export function SavedCheck({ label, value, onSave }: SavedCheckProps): ReactElement {
  const { shown, error, choose } = useSaved(value, onSave);
  return (
    <div>
      <label className={styles.check}>
        <input type="checkbox" checked={shown} onChange={({ target }) => choose(target.checked)} />
        {label}
      </label>
      <Problem error={error} />
    </div>
  );
}
