import { type ReactElement, type ReactNode, useId } from 'react';
import styles from './settings.module.css';

interface GroupProps {
  readonly title: string;
  /** What it is for. */
  readonly text?: string;
  readonly children?: ReactNode;
}

/** A part of a section. */
export function Group({ title, text, children }: GroupProps): ReactElement {
  const id = useId();
  return (
    <section className={styles.group} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {text !== undefined && <p className={styles.quiet}>{text}</p>}
      {children}
    </section>
  );
}
