import { useSummary } from '@causerie/react';
import { type ReactElement, useRef } from 'react';
import { Composer } from '../composer/composer.tsx';
import { ConversationHeader } from './conversation-header.tsx';
import { Messages, type MessagesHandle } from './messages.tsx';
import styles from './conversation-page.module.css';
import { TypingLine } from './typing-line.tsx';

/** One conversation: who it is with, what was said, and what one writes. */
export function ConversationPage({ id }: { readonly id: string }): ReactElement {
  const messages = useRef<MessagesHandle>(null);
  return (
    <section className={styles.page}>
      <ConversationHeader id={id} summary={useSummary(id)} />
      <Messages id={id} handle={messages} />
      <footer className={styles.footer}>
        <TypingLine id={id} />
        <Composer id={id} onSend={() => messages.current?.showEnd()} />
      </footer>
    </section>
  );
}
