import type { ConversationSummary } from '@causerie/client';
import type { ReactElement } from 'react';
import { ConversationRow } from './conversation-row.tsx';
import styles from './conversation-rows.module.css';
import { LoadMore } from './load-more.tsx';

export function ConversationRows({
  items,
}: {
  readonly items: readonly ConversationSummary[];
}): ReactElement {
  return (
    <div className={styles.scroller}>
      <ul className={styles.rows}>
        {items.map((summary) => (
          <li key={summary.id}>
            <ConversationRow summary={summary} />
          </li>
        ))}
      </ul>
      <LoadMore />
    </div>
  );
}
