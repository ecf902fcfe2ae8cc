import type { Message } from '@causerie/client';
import type { ReactElement } from 'react';
import { PinOff } from '../ui/later-icons.ts';
import type { Jump } from '../jump/jump-context.ts';
import { Avatar } from '../people/avatar.tsx';
import { useSpeech } from '../texts/texts-context.ts';
import { exactTime, shortDateTime } from '../texts/times.ts';
import { IconButton } from '../ui/button.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import styles from './pin-row.module.css';

interface PinRowProps {
  readonly message: Message;
  readonly onJump: Jump;
  /** Undefined for those who may not. */
  readonly onUnpin: (() => Promise<void>) | undefined;
}

/** Who has said what, and when. */
export function PinRow({ message, onJump, onUnpin }: PinRowProps): ReactElement {
  const { texts, language } = useSpeech();
  const attempt = useAttempt();
  const { seq, senderId, sender, createdAt, content } = message;
  return (
    <>
      <button type="button" className={styles.pin} onClick={() => onJump(seq)}>
        <Avatar id={senderId} name={sender.displayName} url={sender.avatarUrl} />
        <span className={styles.head}>
          <strong>
            <bdi>{sender.displayName}</bdi>
          </strong>
          <time dateTime={createdAt} title={exactTime(language, createdAt)}>
            {shortDateTime(language, createdAt)}
          </time>
        </span>
        <span className={styles.text} dir="auto">
          {content}
        </span>
      </button>
      {onUnpin && (
        <IconButton
          icon={PinOff}
          label={texts.pins.unpinOf(sender.displayName)}
          onClick={() => void attempt(onUnpin)}
        />
      )}
    </>
  );
}
