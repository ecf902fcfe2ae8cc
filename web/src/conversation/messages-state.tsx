import type { Timeline } from '@causerie/client';
import { useObservable } from '@causerie/react';
import type { ReactElement } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { errorText } from '../ui/error-text.ts';
import styles from './messages.module.css';
import { SkeletonMessages } from './skeleton-messages.tsx';

interface MessagesStateProps {
  readonly timeline: Timeline;
  /** What stands there when there are none. */
  readonly empty: ReactElement;
}

/** What is said instead of messages: that there are none, that they are on their way, or why they could not be loaded. */
export function MessagesState({ timeline, empty }: MessagesStateProps): ReactElement | null {
  const texts = useTexts();
  const { conversation, common } = texts;
  const { items, atStart, atEnd, busy, error } = useObservable(timeline, timeline.getSnapshot());
  if (items.length > 0) return null;
  if (error && busy === null)
    return (
      <div className={styles.state}>
        <EmptyState
          text={
            error.code === 'CONVERSATION_NOT_FOUND' || error.code === 'NOT_CONVERSATION_MEMBER'
              ? conversation.notThere
              : `${conversation.couldNotLoad} ${errorText(texts, error)}`
          }
        >
          {error.retryable && <Button onClick={() => void timeline.open('latest')}>{common.retry}</Button>}
        </EmptyState>
      </div>
    );
  return (
    <div className={styles.state}>{atStart && atEnd && busy === null ? empty : <SkeletonMessages />}</div>
  );
}
