import { type ComponentProps, type ReactElement, useId } from 'react';
import styles from './text-field.module.css';

interface TextFieldProps extends ComponentProps<'input'> {
  readonly label: string;
  readonly hint?: string;
  /** Why the server refused it. */
  readonly problem?: string | undefined;
}

export function TextField({ label, hint, problem, ...attributes }: TextFieldProps): ReactElement {
  const id = useId();
  const note = problem ?? hint;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        {...attributes}
        id={id}
        aria-invalid={problem !== undefined}
        aria-describedby={note === undefined ? undefined : `${id}note`}
      />
      {note !== undefined && (
        <small id={`${id}note`} data-problem={problem !== undefined}>
          {note}
        </small>
      )}
    </div>
  );
}
