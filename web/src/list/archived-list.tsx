import type { ConversationSummary } from '@causerie/client';
import { useClient } from '@causerie/react';
import { type ReactElement, useEffect, useRef } from 'react';
import { ArrowLeft } from '../ui/icons.ts';
import { ArchiveRestore } from '../ui/later-icons.ts';
import { useTexts } from '../texts/texts-context.ts';
import { IconButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import { useKeptFocus } from '../ui/use-kept-focus.ts';
import { isFocusOutside } from '../ui/where-focus.ts';
import styles from './archived.module.css';
import { ConversationRows } from './conversation-rows.tsx';
import { conversationName } from './names.ts';

interface ArchivedListProps {
  readonly items: readonly ConversationSummary[];
  readonly onClose: () => void;
}

/** The conversations that one has put away, in the place of the list. */
export function ArchivedList({ items, onClose }: ArchivedListProps): ReactElement {
  const texts = useTexts();
  const { list, common } = texts;
  const client = useClient();
  const attempt = useAttempt();
  const back = useRef<HTMLButtonElement>(null);
  const focus = useKeptFocus(back);
  useEffect(() => {
    // What has opened it is gone; the search, behind which it stands again, keeps the focus.
    if (!isFocusOutside(null)) back.current?.focus();
  }, []);
  const restore = ({ id }: ConversationSummary): Promise<boolean> =>
    attempt(() => client.conversation(id).updateOwn({ archived: false }), list.unarchived);
  return (
    // Escape closes it, wherever the focus is in it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      {...focus}
      className={styles.archived}
      aria-label={list.archived}
      onKeyDown={({ key }) => key === 'Escape' && onClose()}
    >
      <header className={styles.header}>
        <IconButton ref={back} icon={ArrowLeft} label={common.back} onClick={onClose} />
        <h2>{list.archived}</h2>
      </header>
      {items.length === 0 ? (
        <EmptyState text={list.noneArchived} />
      ) : (
        <ConversationRows
          items={items}
          renderAction={(summary) => (
            <IconButton
              icon={ArchiveRestore}
              label={list.unarchive(conversationName(texts, summary))}
              onClick={() => void restore(summary)}
            />
          )}
        />
      )}
    </section>
  );
}
