import { type ReactElement, type ReactNode, useId } from 'react';
import { useMedia } from '../ui/use-media.ts';
import styles from './settings.module.css';
import { WIDE } from './wide.ts';

interface GroupProps {
  readonly title: string;
  /** What it is for. */
  readonly text?: string;
  /** The list in it has the same name. */
  readonly isList?: boolean;
  readonly children?: ReactNode;
}

/** A part of a section. */
export function Group({ title, text, isList = false, children }: GroupProps): ReactElement {
  const id = useId();
  // On a narrow page the title of the section is that of the page.
  const Title = useMedia(WIDE) ? 'h3' : 'h2';
  return (
    <section className={styles.group} aria-labelledby={isList ? undefined : id}>
      <Title id={id}>{title}</Title>
      {text !== undefined && <p className={styles.quiet}>{text}</p>}
      {children}
    </section>
  );
}
