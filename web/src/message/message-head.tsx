import type { TimelineItem } from '@causerie/client';
import { useConversation } from '@causerie/react';
import type { ReactElement } from 'react';
import { Pin } from '../ui/icons.ts';
import { useTexts } from '../texts/texts-context.ts';
import styles from './message.module.css';
import { ReplyQuote } from './reply-quote.tsx';

/** Above the text: that it is pinned, and to what it replies. */
export function MessageHead({ item }: { readonly item: TimelineItem }): ReactElement | null {
  const { message: say } = useTexts();
  if (item.kind === 'pending') {
    const { conversationId, replyToId } = item.pending;
    return replyToId === undefined ? null : <PendingQuote conversationId={conversationId} id={replyToId} />;
  }
  const { conversationId, replyTo, deletedAt, pinnedAt } = item.message;
  if (deletedAt !== null) return null;
  return (
    <>
      {pinnedAt !== undefined && (
        <span className={styles.pinned}>
          <Pin size={12} /> {say.pinned}
        </span>
      )}
      {replyTo && <ReplyQuote conversationId={conversationId} target={replyTo} />}
    </>
  );
}

interface PendingQuoteProps {
  readonly conversationId: string;
  readonly id: string;
}

/** What was replied to was on the screen. */
function PendingQuote({ conversationId, id }: PendingQuoteProps): ReactElement | null {
  const { items } = useConversation(conversationId).timeline.getSnapshot();
  const found = items.find((item) => item.kind === 'message' && item.message.id === id);
  return found?.kind === 'message' ? (
    <ReplyQuote conversationId={conversationId} target={{ id, seq: found.message.seq }} />
  ) : null;
}
