import { type ComponentProps, type ReactElement, useId } from 'react';
import styles from './text-field.module.css';

interface TextAreaProps extends ComponentProps<'textarea'> {
  readonly label: string;
  /** Why the server refused it. */
  readonly problem?: string | undefined;
}

/** A field for several lines. */
export function TextArea({ label, problem, ...attributes }: TextAreaProps): ReactElement {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <textarea
        {...attributes}
        id={id}
        dir="auto"
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}note`}
      />
      {problem !== undefined && (
        <small id={`${id}note`} data-problem>
          {problem}
        </small>
      )}
    </div>
  );
}
