import type { ConversationSummary } from '@causerie/client';
import { useConversations } from '@causerie/react';
import { type KeyboardEvent, type ReactElement, type ReactNode, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useRoute } from 'wouter';
import { useKeptFocus } from '../ui/use-kept-focus.ts';
import { ConversationRow } from './conversation-row.tsx';
import styles from './conversation-rows.module.css';
import { LoadMore } from './load-more.tsx';
import { placeAfterKey } from './place-after-key.ts';
import { useRowWindow } from './use-row-window.ts';
import { useSteadyOrder } from './use-steady-order.ts';

interface ConversationRowsProps {
  readonly items: readonly ConversationSummary[];
  /** What can be done with a row, beside it. */
  readonly renderAction?: ((summary: ConversationSummary) => ReactNode) | undefined;
}

/** Rows of which one is reached with Tab, and the others with the arrow keys. Only those about the view are in the page. */
export function ConversationRows({ items, renderAction }: ConversationRowsProps): ReactElement {
  const scroller = useRef<HTMLDivElement>(null);
  const { hasMore } = useConversations();
  const [shown, steadyHandlers] = useSteadyOrder(items);
  const focus = useKeptFocus(scroller);
  const ids = shown.map(({ id }) => id);
  const { isShown, onScroll } = useRowWindow(scroller, ids);
  const [focusedId, setFocusedId] = useState<string>();
  const [, params] = useRoute<{ id: string }>('/c/:id/*?');
  const stop = [focusedId, params?.id].find((id) => id !== undefined && ids.includes(id)) ?? ids[0];

  function walk(event: KeyboardEvent<HTMLElement>): void {
    if (!(event.target instanceof HTMLElement) || !event.target.matches('a[data-row]')) return;
    const place = placeAfterKey(event, ids.indexOf(stop ?? ''), ids.length);
    if (place === null) return;
    event.preventDefault();
    flushSync(() => setFocusedId(ids[place]));
    scroller.current?.querySelector<HTMLElement>('[data-start]')?.focus();
  }
  return (
    // Its rows have the focus.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      {...steadyHandlers}
      {...focus}
      ref={scroller}
      className={styles.scroller}
      tabIndex={-1}
      onFocus={(event) => {
        focus.onFocus(event);
        setFocusedId(event.target.closest('li')?.dataset['id']);
      }}
      onKeyDown={walk}
      onScroll={onScroll}
    >
      <ul className={styles.rows} style={{ height: `calc(${ids.length} * var(--step))` }}>
        {shown.map(
          (summary, place) =>
            (isShown(place) || summary.id === stop) && (
              <li
                key={summary.id}
                className={renderAction && styles.withAction}
                style={{ top: `calc(${place} * var(--step))` }}
                data-id={summary.id}
                aria-posinset={place + 1}
                aria-setsize={hasMore ? -1 : ids.length}
              >
                <ConversationRow summary={summary} isStop={summary.id === stop} />
                {renderAction?.(summary)}
              </li>
            ),
        )}
      </ul>
      <LoadMore />
    </div>
  );
}
