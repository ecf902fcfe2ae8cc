import { useSummary } from '@causerie/react';
import { type ReactElement, useRef } from 'react';
import { Composer } from '../composer/composer.tsx';
import { ThreadRedirect } from '../thread/thread-redirect.tsx';
import { useOpenThread } from '../thread/use-open-thread.ts';
import { lazyPart } from '../ui/lazy-part.tsx';
import { useMedia } from '../ui/use-media.ts';
import { ConversationHeader } from './conversation-header.tsx';
import styles from './conversation-page.module.css';
import { Gone } from './gone.tsx';
import { Messages, type MessagesHandle } from './messages.tsx';
import { ReadLine } from './read-line.tsx';
import { SayHello } from './say-hello.tsx';
import { TypingLine } from './typing-line.tsx';
import { useDetails } from './use-details.ts';
import { useIsGone } from './use-is-gone.ts';

const Details = lazyPart(() => import('../details/details-frame.tsx'));
const ThreadPanel = lazyPart(() => import('../thread/thread-panel.tsx'));

/** One conversation: who it is with, what was said, what one writes, and beside it the details or a thread. */
export function ConversationPage({ id }: { readonly id: string }): ReactElement {
  const messages = useRef<MessagesHandle>(null);
  const page = useRef<HTMLElement>(null);
  const summary = useSummary(id);
  const { isOpen, close } = useDetails(id);
  const thread = useOpenThread(id, page);
  const hasThread = thread.messageId !== undefined;
  const isNarrow = useMedia('(max-width: 39.99em)');
  const isSingle = useMedia('(max-width: 63.99em)');
  const parent = summary?.details.parent;
  if (useIsGone(id)) return <Gone />;
  if (parent) return <ThreadRedirect id={id} parent={parent} />;
  return (
    <div className={styles.frame} data-beside={hasThread ? 'thread' : isOpen && 'details'}>
      <section ref={page} className={styles.page} inert={(isOpen && isNarrow) || (hasThread && isSingle)}>
        <ConversationHeader id={id} summary={summary} onJump={(seq) => messages.current?.jump(seq)} />
        <Messages id={id} handle={messages} empty={<SayHello id={id} />} />
        <footer className={styles.footer}>
          <div className={styles.lines}>
            <TypingLine id={id} />
            <ReadLine id={id} />
          </div>
          <Composer id={id} onSend={() => messages.current?.showEnd()} />
        </footer>
      </section>
      {isOpen && summary && <Details summary={summary} onClose={close} />}
      {thread.messageId !== undefined && (
        <ThreadPanel conversationId={id} messageId={thread.messageId} onClose={thread.close} />
      )}
    </div>
  );
}
