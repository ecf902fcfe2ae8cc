import { type ReactElement, useState } from 'react';
import { Problem } from './problem.tsx';
import styles from './saved-check.module.css';
import { useAction } from './use-action.ts';

interface SavedCheckProps {
  readonly label: string;
  /** What the server has. */
  readonly value: boolean;
  readonly onSave: (value: boolean) => Promise<unknown>;
}

/** The same as `SavedSelect` for something that is on or off. */
export function SavedCheck({ label, value, onSave }: SavedCheckProps): ReactElement {
  const [chosen, setChosen] = useState<boolean | null>(null);
  const { error, run } = useAction();
  async function save(next: boolean): Promise<void> {
    setChosen(next);
    await run(() => onSave(next));
    setChosen(null);
  }
  return (
    <div>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={chosen ?? value}
          onChange={({ target }) => chosen === null && void save(target.checked)}
        />
        {label}
      </label>
      <Problem error={error} />
    </div>
  );
}
