import type { ConversationSummary } from '@causerie/client';
import { memo, type ReactElement } from 'react';
import { Link, useRoute } from 'wouter';
import { Archive, BellOff, Pin } from '../ui/icons.ts';
import { conversationAddress } from '../app/addresses.ts';
import { Avatar } from '../people/avatar.tsx';
import { useSpeech } from '../texts/texts-context.ts';
import { shortTime } from '../texts/times.ts';
import styles from './conversation-row.module.css';
import { conversationName } from './names.ts';
import { Preview } from './preview.tsx';

interface ConversationRowProps {
  readonly summary: ConversationSummary;
  /** Whether Tab stops at it. */
  readonly isStop: boolean;
}

/** One conversation in the list. */
export const ConversationRow = memo(function ConversationRow({
  summary,
  isStop,
}: ConversationRowProps): ReactElement {
  const { texts, language } = useSpeech();
  const { id, other, lastMessage, unreadCount, mentionCount, details } = summary;
  const [isShown] = useRoute(`${conversationAddress(id)}/*?`);
  const name = conversationName(texts, summary);
  const { mutedUntil, pinnedAt, archivedAt } = details.me;
  return (
    <Link
      href={conversationAddress(id)}
      className={styles.row}
      data-row
      data-start={isStop || undefined}
      tabIndex={isStop ? 0 : -1}
      aria-current={isShown ? 'page' : undefined}
      data-unread={unreadCount > 0}
    >
      <Avatar id={other?.id ?? id} name={name} url={other?.avatarUrl ?? null} />
      <span className={styles.name}>
        <bdi>{name}</bdi>
      </span>
      <time className={styles.time} dateTime={lastMessage?.createdAt}>
        {lastMessage && shortTime(language, lastMessage.createdAt)}
      </time>
      <span className={styles.preview}>
        <Preview summary={summary} />
      </span>
      <span className={styles.marks}>
        {pinnedAt && <Pin size={14} aria-label={texts.list.pinned} />}
        {archivedAt && <Archive size={14} data-archived aria-label={texts.list.archived} />}
        {mutedUntil && <BellOff size={14} aria-label={texts.list.muted} />}
        {mentionCount > 0 && (
          <span className={styles.badge} data-mention title={texts.list.mentions(mentionCount)}>
            @
          </span>
        )}
        {unreadCount > 0 && (
          <span className={styles.badge} title={texts.list.unread(unreadCount)}>
            {unreadCount > 99 ? '99+' : unreadCount}
          </span>
        )}
      </span>
    </Link>
  );
});
