import type { ComponentProps, ReactElement, ReactNode } from 'react';
import { Avatar } from '../people/avatar.tsx';
import { useSpeech } from '../texts/texts-context.ts';
import { bareTime, clockTime, exactTime } from '../texts/times.ts';
import styles from './message.module.css';
import type { MessageState, Spoken } from './spoken.ts';

export interface RowFrameProps extends ComponentProps<'article'> {
  readonly spoken: Spoken;
  /** Whether it says who speaks. */
  readonly isFirst: boolean;
  readonly children: ReactNode;
}

/** Who has said something and when, unless the row above has said so; readers hear it of each row. */
export function RowFrame({ spoken, isFirst, children, ...attributes }: RowFrameProps): ReactElement {
  const { texts, language } = useSpeech();
  const { name, senderId, avatarUrl, time, isOwn, states } = spoken;
  const { message, conversation } = texts;
  const exact = exactTime(language, time);
  const words: Readonly<Record<MessageState, string>> = {
    sending: conversation.sending,
    failed: conversation.failed,
    deleted: conversation.deleted,
    edited: conversation.edited,
    pinned: message.pinned,
  };
  return (
    <article
      {...attributes}
      className={styles.message}
      data-own={isOwn}
      data-first={isFirst}
      tabIndex={-1}
      aria-label={[name, exact, ...states.map((state) => words[state])].join(', ')}
    >
      {isFirst && <Avatar id={senderId} name={name} url={avatarUrl} />}
      {isFirst && (
        <strong className={styles.name}>
          <bdi>{name}</bdi>
        </strong>
      )}
      <time className={styles.time} dateTime={time} title={exact}>
        {(isFirst ? clockTime : bareTime)(language, time)}
      </time>
      <div className={styles.content}>{children}</div>
    </article>
  );
}
