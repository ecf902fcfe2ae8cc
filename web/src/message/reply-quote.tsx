import type { ReplyTarget, TimelineItem, TimelineState } from '@causerie/client';
import { useConversation, useObservable, useUser } from '@causerie/react';
import { type ReactElement, useCallback } from 'react';
import { Link } from 'wouter';
import { messageAddress } from '../app/addresses.ts';
import { useJump } from '../jump/jump-context.ts';
import { useTexts } from '../texts/texts-context.ts';
import styles from './message.module.css';

interface ReplyQuoteProps {
  readonly conversationId: string;
  readonly target: ReplyTarget;
}

/** To what a message replies; a click leads there. */
export function ReplyQuote({ conversationId, target }: ReplyQuoteProps): ReactElement {
  const { message: say, conversation } = useTexts();
  const held = useHeld(conversationId, target.seq);
  const author = useUser(target.senderId ?? held?.senderId ?? '');
  const jump = useJump();
  const text = held?.content ?? target.excerpt;
  const isDeleted = (held ?? target).deletedAt;
  return (
    <Link
      className={styles.quote}
      href={messageAddress(conversationId, target.seq)}
      onClick={(event) => {
        event.preventDefault();
        jump(target.seq);
      }}
    >
      {author && text !== undefined ? (
        <>
          <bdi>{say.replyOf(author.displayName)}</bdi> <bdi>{isDeleted ? conversation.deleted : text}</bdi>
        </>
      ) : (
        say.hiddenReply
      )}
    </Link>
  );
}

/** The message itself, when it is here: it may have changed since it was quoted. */
function useHeld(conversationId: string, seq: number) {
  const { timeline } = useConversation(conversationId);
  const select = useCallback(({ items, first }: TimelineState) => messageOf(items[seq - first]), [seq]);
  return useObservable(timeline, timeline.getSnapshot(), select);
}

const messageOf = (item: TimelineItem | undefined) => (item?.kind === 'message' ? item.message : null);
