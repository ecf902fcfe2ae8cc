import type { ConversationSummary } from '@causerie/client';
import { useConversation, useMembers } from '@causerie/react';
import { type ReactElement, useRef, useState } from 'react';
import { UserPlus } from '../ui/later-icons.ts';
import { useTexts } from '../texts/texts-context.ts';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/problem.tsx';
import { RowButton } from '../ui/row-button.tsx';
import rows from '../ui/rows.module.css';
import { useKeptFocus } from '../ui/use-kept-focus.ts';
import { AddDialog } from './add-dialog.tsx';
import styles from './details.module.css';
import { MemberDialog } from './member-dialog.tsx';
import { MemberRow } from './member-row.tsx';
import { mayAdd } from './rights.ts';

/** How many are shown at first, so that what one can do with the group is not far below. */
const FIRST = 8;

/** Who is in a group: a few of them, and then page by page. */
export function Members({ summary }: { readonly summary: ConversationSummary }): ReactElement {
  const { details: say, common } = useTexts();
  const { members } = useConversation(summary.id);
  const { items, status, error, hasMore, loadMore } = useMembers(summary.id);
  const [isWhole, setWhole] = useState(false);
  const [isAdding, setAdding] = useState(false);
  const [openedId, setOpenedId] = useState<string | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const focus = useKeptFocus(title);
  const shown = isWhole ? items : items.slice(0, FIRST);
  const hasHidden = shown.length < items.length;
  function showMore(): void {
    setWhole(true);
    if (!hasHidden) void loadMore();
  }
  const opened = items.find(({ userId }) => userId === openedId);
  // Who has left, and comes back, opens nothing.
  if (openedId !== null && !opened) setOpenedId(null);
  return (
    <section className={styles.section} aria-label={say.members} {...focus}>
      <h3 ref={title} tabIndex={-1}>
        {say.members}
      </h3>
      <div className={styles.rows}>
        {mayAdd(summary) && (
          <RowButton icon={UserPlus} text={say.addPeople} onClick={() => setAdding(true)} />
        )}
        <ul className={rows.rows} aria-busy={status === 'loading'}>
          {shown.map((member) => (
            <li key={member.userId}>
              <MemberRow member={member} onOpen={() => setOpenedId(member.userId)} />
            </li>
          ))}
        </ul>
      </div>
      {status === 'loading' && items.length === 0 && <p className={styles.quiet}>{common.loading}</p>}
      {status === 'failed' && (
        <>
          <Problem error={error} />
          <Button onClick={() => void (items.length > 0 ? loadMore() : members.load())}>
            {common.retry}
          </Button>
        </>
      )}
      {status === 'ready' && (hasMore || hasHidden) && <Button onClick={showMore}>{common.more}</Button>}
      {isAdding && <AddDialog id={summary.id} onClose={() => setAdding(false)} />}
      {opened && <MemberDialog summary={summary} member={opened} onClose={() => setOpenedId(null)} />}
    </section>
  );
}
