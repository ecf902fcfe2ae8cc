import { type ReactElement, type ReactNode, useRef } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import { Button } from './button.tsx';
import { EmptyState } from './empty-state.tsx';
import { Problem } from './problem.tsx';
import styles from './rows.module.css';
import { useKeptFocus } from './use-kept-focus.ts';
import { useOnline } from './use-online.ts';
import type { Pages } from './use-pages.ts';

interface PageRowsProps<Item> {
  readonly pages: Pages<Item>;
  /** What the list is called. */
  readonly label: string;
  /** What is said when there is nothing. */
  readonly empty: string;
  readonly keyOf: (item: Item) => string;
  readonly renderRow: (item: Item) => ReactNode;
}

/**
 * A list of the server with its states: being loaded, empty, failed, and with a further page. What has failed is tried again
 * once there is a connection again.
 */
export function PageRows<Item>({ pages, label, empty, keyOf, renderRow }: PageRowsProps<Item>): ReactElement {
  const { common } = useTexts();
  const { items, error, isBusy, hasMore, loadMore } = pages;
  const box = useRef<HTMLDivElement>(null);
  const focus = useKeptFocus(box);
  useOnline(() => error !== null && loadMore());
  return (
    <section {...focus} ref={box} tabIndex={-1} className={styles.part} aria-label={label} aria-busy={isBusy}>
      {items?.length === 0 && <EmptyState text={empty} />}
      {items && items.length > 0 && (
        <ul className={styles.rows}>
          {items.map((item) => (
            <li key={keyOf(item)} className={styles.row}>
              {renderRow(item)}
            </li>
          ))}
        </ul>
      )}
      {!items && isBusy && <p className={styles.note}>{common.loading}</p>}
      <Problem error={error} />
      {(hasMore || error !== null) && (
        <Button className={styles.more} aria-disabled={isBusy} onClick={() => !isBusy && loadMore()}>
          {error === null ? common.more : common.retry}
        </Button>
      )}
    </section>
  );
}
