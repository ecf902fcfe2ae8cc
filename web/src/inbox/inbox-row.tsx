import type { Message } from '@causerie/client';
import { useSummary } from '@causerie/react';
import type { ReactElement, ReactNode } from 'react';
import { Link } from 'wouter';
import { OPENED_HERE } from '../app/opened-here.ts';
import { conversationName } from '../list/names.ts';
import { Avatar } from '../people/avatar.tsx';
import { useSpeech } from '../texts/texts-context.ts';
import { exactTime, shortTime } from '../texts/times.ts';
import styles from './inbox-row.module.css';
import { noteOpened } from './use-opened-row.ts';

interface InboxRowProps {
  readonly address: string;
  readonly message: Message;
  readonly time: string;
  readonly isUnread: boolean;
  readonly children?: ReactNode;
}

/** A message of some conversation, which leads there. */
export function InboxRow({ address, message, time, isUnread, children }: InboxRowProps): ReactElement {
  const { texts, language } = useSpeech();
  const summary = useSummary(message.conversationId);
  const { senderId, sender, content, deletedAt } = message;
  const isNamed = summary !== null && summary.type === 'group';
  return (
    <Link
      href={address}
      state={OPENED_HERE}
      className={styles.row}
      data-unread={isUnread}
      onClick={() => noteOpened(address)}
    >
      <Avatar id={senderId} name={sender.displayName} url={sender.avatarUrl} />
      <span className={styles.head}>
        <span className={styles.name}>
          <strong>
            <bdi>{sender.displayName}</bdi>
          </strong>
          {isNamed && (
            <>
              {' '}
              <small>
                <bdi>{conversationName(texts, summary)}</bdi>
              </small>
            </>
          )}
        </span>
        <time dateTime={time} title={exactTime(language, time)}>
          {shortTime(language, time)}
        </time>
      </span>
      {deletedAt === null ? (
        <span className={styles.text} dir="auto">
          {content}
        </span>
      ) : (
        <i className={styles.text}>{texts.conversation.deleted}</i>
      )}
      {children && <span className={styles.foot}>{children}</span>}
    </Link>
  );
}
