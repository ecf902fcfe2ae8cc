import type { TimelineItem } from '@causerie/client';
import { memo, type ReactElement } from 'react';
import { Avatar } from '../people/avatar.tsx';
import { useUserId } from '../people/use-user-id.ts';
import { useSpeech } from '../texts/texts-context.ts';
import { clockTime, exactTime } from '../texts/times.ts';
import { DayLine } from './day-line.tsx';
import { beginsDay, beginsGroup } from './groups.ts';
import { MessageText } from './message-text.tsx';
import styles from './message.module.css';
import { PendingState } from './pending-state.tsx';
import { spokenOf } from './spoken.ts';

interface MessageProps {
  readonly item: TimelineItem;
  /** The row above. */
  readonly previous: TimelineItem | undefined;
}

/** One message: who said it and when, unless the row above has said so, and what. */
export const Message = memo(function Message({ item, previous }: MessageProps): ReactElement {
  const { texts, language } = useSpeech();
  const ownId = useUserId();
  const spoken = spokenOf(item, ownId, texts.common.you);
  const before = previous && spokenOf(previous, ownId, texts.common.you);
  const isFirst = beginsGroup(spoken, before);
  return (
    <>
      {beginsDay(spoken, before) && <DayLine time={spoken.time} />}
      <article
        className={styles.message}
        data-own={spoken.isOwn}
        data-first={isFirst}
        aria-label={`${spoken.name}, ${exactTime(language, spoken.time)}`}
      >
        {isFirst && <Avatar id={spoken.senderId} name={spoken.name} url={spoken.avatarUrl} />}
        {isFirst && (
          <strong className={styles.name}>
            <bdi>{spoken.name}</bdi>
          </strong>
        )}
        <time className={styles.time} dateTime={spoken.time} title={exactTime(language, spoken.time)}>
          {clockTime(language, spoken.time)}
        </time>
        <div className={styles.content}>
          {spoken.isDeleted ? (
            <i className={styles.quiet}>{texts.conversation.deleted}</i>
          ) : (
            <MessageText text={spoken.content} />
          )}
          {spoken.isEdited && <small className={styles.quiet}>({texts.conversation.edited})</small>}
          {item.kind === 'pending' && <PendingState pending={item.pending} />}
        </div>
      </article>
    </>
  );
});
