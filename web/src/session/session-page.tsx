import type { FormEvent, ReactElement, ReactNode } from 'react';
import { Link } from 'wouter';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/problem.tsx';
import type { Submission } from '../ui/use-submission.ts';
import styles from './session-page.module.css';

interface SessionPageProps {
  readonly title: string;
  readonly submission: Submission;
  /** What went wrong, unless a field says it. */
  readonly error: unknown;
  /** What that is called here. */
  readonly problem?: string | undefined;
  /** The page for those who are wrong here. */
  readonly other: { readonly question: string; readonly text: string; readonly href: string };
  readonly children: ReactNode;
}

/** The frame of the pages that one sees before logging in. What was typed stays when it is refused. */
export function SessionPage({
  title,
  submission,
  other,
  children,
  ...failure
}: SessionPageProps): ReactElement {
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    void submission.submit(new FormData(event.currentTarget));
  }
  return (
    <main className={styles.page}>
      <form className={styles.form} onSubmit={submit}>
        <img src="/favicon.svg" alt="" width={40} height={40} />
        <h1>{title}</h1>
        {children}
        <Problem error={failure.error} text={failure.problem} />
        <Button type="submit" look="main" disabled={submission.isBusy}>
          {title}
        </Button>
        <p>
          {other.question} <Link href={other.href}>{other.text}</Link>
        </p>
      </form>
    </main>
  );
}
