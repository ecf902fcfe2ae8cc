import type { ThreadSummary } from '@causerie/client';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { MessagesSquare } from '../ui/icons.ts';
import { OPENED_HERE } from '../app/opened-here.ts';
import { useSpeech } from '../texts/texts-context.ts';
import { exactTime, shortTime } from '../texts/times.ts';
import styles from './message.module.css';

interface ThreadLineProps {
  readonly address: string;
  readonly thread: ThreadSummary;
}

/** How many replies there are in the thread of a message, and the way to them. */
export function ThreadLine({ address, thread }: ThreadLineProps): ReactElement {
  const { texts, language } = useSpeech();
  const { replyCount, lastReplyAt } = thread;
  return (
    <Link className={styles.thread} href={address} state={OPENED_HERE}>
      <MessagesSquare size={16} />
      {texts.message.replies(replyCount)}
      {lastReplyAt !== undefined && (
        <time dateTime={lastReplyAt} title={exactTime(language, lastReplyAt)}>
          {texts.message.lastReply(shortTime(language, lastReplyAt))}
        </time>
      )}
    </Link>
  );
}
