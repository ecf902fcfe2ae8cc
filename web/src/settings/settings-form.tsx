import type { FormEvent, ReactElement, ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/problem.tsx';
import type { Submission } from '../ui/use-submission.ts';
import styles from './settings.module.css';

interface SettingsFormProps {
  readonly submission: Submission;
  /** Whether a field says what is wrong. */
  readonly isOfField: boolean;
  /** The text of the button. */
  readonly action: string;
  readonly look?: 'main' | 'danger';
  readonly children: ReactNode;
}

/** Fields with a button. What was typed stays when it is refused. */
export function SettingsForm(props: SettingsFormProps): ReactElement {
  const { submission, isOfField, action, look = 'main', children } = props;
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (!submission.isBusy) void submission.submit(new FormData(event.currentTarget));
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      {children}
      <Problem error={isOfField ? null : submission.error} />
      <Button type="submit" look={look} aria-disabled={submission.isBusy}>
        {action}
      </Button>
    </form>
  );
}
