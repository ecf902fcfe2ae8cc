import { useSummary } from '@causerie/react';
import { lazy, type ReactElement, Suspense, useRef } from 'react';
import { Link } from 'wouter';
import { Composer } from '../composer/composer.tsx';
import { useTexts } from '../texts/texts-context.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { useMedia } from '../ui/use-media.ts';
import { ConversationHeader } from './conversation-header.tsx';
import styles from './conversation-page.module.css';
import { Messages, type MessagesHandle } from './messages.tsx';
import { TypingLine } from './typing-line.tsx';
import { useDetails } from './use-details.ts';
import { useIsGone } from './use-is-gone.ts';

const Details = lazy(() => import('../details/details-frame.tsx'));

/** One conversation: who it is with, what was said, what one writes, and beside it the details. */
export function ConversationPage({ id }: { readonly id: string }): ReactElement {
  const messages = useRef<MessagesHandle>(null);
  const summary = useSummary(id);
  const { isOpen, close } = useDetails(id);
  const isNarrow = useMedia('(max-width: 639px)');
  if (useIsGone(id)) return <Gone />;
  return (
    <div className={styles.frame} data-details={isOpen}>
      <section className={styles.page} inert={isOpen && isNarrow}>
        <ConversationHeader id={id} summary={summary} />
        <Messages id={id} handle={messages} />
        <footer className={styles.footer}>
          <TypingLine id={id} />
          <Composer id={id} onSend={() => messages.current?.showEnd()} />
        </footer>
      </section>
      {isOpen && summary && (
        <Suspense>
          <Details summary={summary} onClose={close} />
        </Suspense>
      )}
    </div>
  );
}

function Gone(): ReactElement {
  const { conversation, common } = useTexts();
  return (
    <EmptyState text={conversation.notThere}>
      <Link href="/">{common.toConversations}</Link>
    </EmptyState>
  );
}
