import type { FormEvent, ReactElement, ReactNode } from 'react';
import { useIsAway } from '../app/use-is-away.ts';
import { useSettingsTexts } from '../texts/settings-texts.ts';
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
  readonly look?: 'main' | 'destroy';
  readonly children: ReactNode;
}

/** Fields with a button. What was typed stays when it is refused, and while there is no connection. */
export function SettingsForm(props: SettingsFormProps): ReactElement {
  const { submission, isOfField, action, look = 'main', children } = props;
  const say = useSettingsTexts();
  const isAway = useIsAway();
  const isDisabled = submission.isBusy || isAway;
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (!isDisabled) void submission.submit(new FormData(event.currentTarget));
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      {children}
      <Problem error={isOfField || isAway ? null : submission.error} />
      {isAway && <small className={styles.note}>{say.needsConnection}</small>}
      <Button type="submit" look={look} aria-disabled={isDisabled}>
        {action}
      </Button>
    </form>
  );
}
