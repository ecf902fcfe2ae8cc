import type { Pending } from '@causerie/client';
import { useConversation } from '@causerie/react';
import { type ReactElement, useEffect, useState } from 'react';
import { useComposingStore } from '../composer/use-composing.ts';
import { Clock } from '../ui/icons.ts';
import { useTexts } from '../texts/texts-context.ts';
import { copyText } from '../ui/copy-text.ts';
import { errorText } from '../ui/error-text.ts';
import { useAttempt } from '../ui/use-attempt.ts';
import styles from './message.module.css';

/** Most messages are stored sooner: they never show a clock. */
const CLOCK_AFTER_MS = 400;

/** What becomes of a message that the server does not have yet, and what can be done about it. */
export function PendingState({ pending }: { readonly pending: Pending }): ReactElement | null {
  return pending.status === 'failed' ? <Failed pending={pending} /> : <Waiting />;
}

function Waiting(): ReactElement | null {
  const { conversation } = useTexts();
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), CLOCK_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return isLong ? <Clock className={styles.clock} size={14} aria-label={conversation.sending} /> : null;
}

function Failed({ pending }: { readonly pending: Pending }): ReactElement {
  const texts = useTexts();
  const { common, conversation: say, message } = texts;
  const { conversationId, clientMessageId, content, error } = pending;
  const conversation = useConversation(conversationId);
  const attempt = useAttempt();
  const composings = useComposingStore();
  function retry(): void {
    conversation.retry(clientMessageId);
    const now = composings.get(conversationId);
    const isRecalled = now?.kind === 'recall' && now.pending.clientMessageId === clientMessageId;
    // As it is it is on its way: the composer would send it once more.
    if (isRecalled && now.text === content) composings.set(conversationId, null);
  }
  const copy = (): unknown => attempt(() => copyText(content), message.copied);
  return (
    <p className={styles.failed} role="alert">
      {error ? say.failedBecause(errorText(texts, error)) : say.failed}
      <button type="button" onClick={retry}>
        {common.retry}
      </button>
      <button type="button" onClick={() => void copy()}>
        {say.copy}
      </button>
      <button type="button" onClick={() => conversation.discard(clientMessageId)}>
        {say.discard}
      </button>
    </p>
  );
}
