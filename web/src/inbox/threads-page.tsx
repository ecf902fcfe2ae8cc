import type { ListedThread } from '@causerie/client';
import { useClient, useTotals } from '@causerie/react';
import { type ReactElement, useMemo } from 'react';
import { threadAddress } from '../app/addresses.ts';
import { useTexts } from '../texts/texts-context.ts';
import { usePages } from '../ui/use-pages.ts';
import { InboxPage } from './inbox-page.tsx';
import { InboxRow } from './inbox-row.tsx';
import { threadsOf } from './threads-of.ts';

/** The threads that one follows, those with unread replies first. */
export default function ThreadsPage(): ReactElement {
  const { inbox } = useTexts();
  const client = useClient();
  const { threads } = useTotals();
  const pages = usePages(useMemo(() => threadsOf(client), [client]));
  return (
    <InboxPage
      title={inbox.threads}
      empty={inbox.noThreads}
      pages={pages}
      count={threads}
      isCounted={threads >= (pages.items?.filter(isUnread).length ?? 0)}
      keyOf={keyOf}
      renderRow={renderRow}
    />
  );
}

const isUnread = ({ me }: ListedThread): boolean => (me?.unreadCount ?? 0) > 0;
const keyOf = ({ thread }: ListedThread): string => thread.id;
const renderRow = (listed: ListedThread): ReactElement => <ThreadRow listed={listed} />;

function ThreadRow({ listed: { thread, root, me } }: { readonly listed: ListedThread }): ReactElement {
  const { inbox, message } = useTexts();
  const unreadCount = me?.unreadCount ?? 0;
  return (
    <InboxRow
      address={threadAddress(root.conversationId, root.id)}
      message={root}
      time={thread.updatedAt}
      isUnread={unreadCount > 0}
    >
      {message.replies(thread.lastSeq)}
      {unreadCount > 0 && <strong>{inbox.newReplies(unreadCount)}</strong>}
    </InboxRow>
  );
}
