import type { ConversationSummary } from '@causerie/client';
import { type ReactElement, type ReactNode, useRef, useState } from 'react';
import { useRoute } from 'wouter';
import { moveFocus } from '../ui/move-focus.ts';
import { useKeptFocus } from '../ui/use-kept-focus.ts';
import { ConversationRow } from './conversation-row.tsx';
import styles from './conversation-rows.module.css';
import { LoadMore } from './load-more.tsx';
import { useSteadyOrder } from './use-steady-order.ts';

interface ConversationRowsProps {
  readonly items: readonly ConversationSummary[];
  /** What can be done with a row, beside it. */
  readonly renderAction?: ((summary: ConversationSummary) => ReactNode) | undefined;
}

/** Rows of which one is reached with Tab, and the others with the arrow keys. */
export function ConversationRows({ items, renderAction }: ConversationRowsProps): ReactElement {
  const scroller = useRef<HTMLDivElement>(null);
  const [shown, steadyHandlers] = useSteadyOrder(items);
  const focus = useKeptFocus(scroller);
  const [focusedId, setFocusedId] = useState<string>();
  const [, params] = useRoute<{ id: string }>('/c/:id/*?');
  const stop = [focusedId, params?.id].find((id) => shown.some((summary) => summary.id === id));
  return (
    // Its rows have the focus.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      {...steadyHandlers}
      {...focus}
      ref={scroller}
      className={styles.scroller}
      tabIndex={-1}
      onFocus={({ target }) => {
        focus.onFocus();
        setFocusedId(target.closest('li')?.dataset['id']);
      }}
      onKeyDown={(event) =>
        moveFocus(event, [...event.currentTarget.querySelectorAll<HTMLElement>('a[data-row]')])
      }
    >
      <ul className={styles.rows}>
        {shown.map((summary, index) => (
          <li key={summary.id} className={renderAction && styles.withAction} data-id={summary.id}>
            <ConversationRow
              summary={summary}
              isStop={stop === undefined ? index === 0 : summary.id === stop}
            />
            {renderAction?.(summary)}
          </li>
        ))}
      </ul>
      <LoadMore />
    </div>
  );
}
