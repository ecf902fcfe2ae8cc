import type { ReactElement } from 'react';
import { Waiting } from '../ui/waiting.tsx';
import { Replies } from './replies.tsx';
import { RootMessage } from './root-message.tsx';
import styles from './thread.module.css';
import { type StoredItem, useRoot } from './use-root.ts';
import { useThreadId } from './use-thread-id.ts';

interface ThreadProps {
  readonly conversationId: string;
  readonly messageId: string;
}

/** The message at which a thread begins, the replies, and where one writes another one. */
export function Thread({ conversationId, messageId }: ThreadProps): ReactElement {
  const root = useRoot(conversationId, messageId);
  return root.value ? <Opened root={root.value} /> : <Waiting for={root} />;
}

function Opened({ root }: { readonly root: StoredItem }): ReactElement {
  const { message } = root;
  const threadId = useThreadId(message);
  return (
    <div className={styles.thread}>
      <RootMessage root={root} />
      {threadId.value === null ? (
        <Waiting for={threadId} />
      ) : (
        <Replies conversationId={message.conversationId} threadId={threadId.value} />
      )}
    </div>
  );
}
