import type { Message } from '@causerie/client';
import { useClient, useConversations, useSummary, useTotals } from '@causerie/react';
import { type ReactElement, useCallback } from 'react';
import { messageAddress } from '../app/addresses.ts';
import { useTexts } from '../texts/texts-context.ts';
import { usePages } from '../ui/use-pages.ts';
import { InboxPage } from './inbox-page.tsx';
import { InboxRow } from './inbox-row.tsx';

/** The messages that mention one, newest first. */
export default function MentionsPage(): ReactElement {
  const { inbox } = useTexts();
  const client = useClient();
  const { mentions } = useTotals();
  const { status } = useConversations();
  const load = useCallback(
    (cursor: string | undefined) => client.call('GET /chat/mentions', { query: { cursor } }),
    [client],
  );
  return (
    <InboxPage
      title={inbox.mentions}
      empty={inbox.noMentions}
      pages={usePages(load)}
      count={mentions}
      isCounted={status === 'ready'}
      keyOf={keyOf}
      renderRow={renderRow}
    />
  );
}

const keyOf = ({ id }: Message): string => id;
const renderRow = (message: Message): ReactElement => <MentionRow message={message} />;

function MentionRow({ message }: { readonly message: Message }): ReactElement {
  const { conversationId, seq, createdAt } = message;
  const summary = useSummary(conversationId);
  return (
    <InboxRow
      address={messageAddress(conversationId, seq)}
      message={message}
      time={createdAt}
      isUnread={summary !== null && seq > summary.lastReadSeq}
    />
  );
}
