import { type ReactElement, type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { ArrowLeft } from '../ui/icons.ts';
import { useTexts } from '../texts/texts-context.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { PageRows } from '../ui/page-rows.tsx';
import type { Pages } from '../ui/use-pages.ts';
import { isWriting } from '../ui/where-focus.ts';
import styles from './inbox-page.module.css';
import { useOpenedRow } from './use-opened-row.ts';
import { useHasRisen } from './use-has-risen.ts';

interface InboxPageProps<Item> {
  readonly title: string;
  /** What is said when there is nothing. */
  readonly empty: string;
  readonly pages: Pages<Item>;
  /** How much is unread: when there is more, the list can be read again. */
  readonly count: number;
  /** Whether all that is shown is in the count, which comes on its own. */
  readonly isCounted: boolean;
  readonly keyOf: (item: Item) => string;
  readonly renderRow: (item: Item) => ReactNode;
}

/** A list of things that happened in different conversations, each of which leads there. */
export function InboxPage<Item>(props: InboxPageProps<Item>): ReactElement {
  const { title, empty, pages, count, isCounted, keyOf, renderRow } = props;
  const { common, inbox } = useTexts();
  const [, navigate] = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  const page = useRef<HTMLElement>(null);
  const [hasRisen, settle] = useHasRisen(count, isCounted && pages.items !== null);
  useEffect(() => {
    if (!isWriting()) heading.current?.focus();
  }, []);
  useOpenedRow(page, pages.items !== null);
  function showNew(): void {
    settle();
    pages.reload();
    heading.current?.focus();
  }
  return (
    <section ref={page} className={styles.page}>
      <header className={styles.header}>
        <IconButton
          className={styles.back}
          icon={ArrowLeft}
          label={common.back}
          onClick={() => navigate('/')}
        />
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {hasRisen && <Button onClick={showNew}>{inbox.showNew}</Button>}
      </header>
      <div className={styles.content}>
        <PageRows pages={pages} label={title} empty={empty} keyOf={keyOf} renderRow={renderRow} />
      </div>
    </section>
  );
}
