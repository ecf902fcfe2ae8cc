import { useSummary } from '@causerie/react';
import { type ReactElement, useEffect, useRef } from 'react';
import { Composer } from '../composer/composer.tsx';
import { Messages, type MessagesHandle } from '../conversation/messages.tsx';
import { TypingLine } from '../conversation/typing-line.tsx';
import { useTexts } from '../texts/texts-context.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { isFocusOutside } from '../ui/where-focus.ts';
import styles from './thread.module.css';
import { useFollowing } from './use-following.ts';
import { useReplyJump } from './use-reply-jump.ts';

interface RepliesProps {
  readonly conversationId: string;
  readonly threadId: string;
}

/** What was said in a thread, whether one follows it, and where one writes. */
export function Replies({ conversationId, threadId }: RepliesProps): ReactElement {
  const { thread, message } = useTexts();
  const messages = useRef<MessagesHandle>(null);
  const footer = useRef<HTMLElement>(null);
  const { isFollowing, note, toggle } = useFollowing(conversationId, threadId);
  const count = useSummary(threadId)?.lastSeq ?? 0;
  const isJumping = useReplyJump(messages);
  useEffect(() => {
    // A reply that one looks for has the focus itself. On a phone the keyboard would hide what one came to read.
    const isElsewhere = isFocusOutside(footer.current?.closest('aside'));
    if (!isJumping && !isElsewhere && matchMedia('(pointer: fine)').matches)
      footer.current?.querySelector('textarea')?.focus();
  }, [isJumping]);
  return (
    <div className={styles.replies}>
      <div className={styles.bar}>
        <span>{count > 0 && message.replies(count)}</span>
        {isFollowing !== null && (
          <Button className={styles.follow} title={thread.followHint} onClick={toggle}>
            {isFollowing ? thread.unfollow : thread.follow}
          </Button>
        )}
      </div>
      <Messages id={threadId} handle={messages} empty={<EmptyState text={thread.noReplies} />} />
      <footer ref={footer} className={styles.footer}>
        <TypingLine id={threadId} />
        <Composer
          id={threadId}
          onSend={() => {
            messages.current?.showEnd();
            note();
          }}
        />
      </footer>
    </div>
  );
}
