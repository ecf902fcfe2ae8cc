import { useConversation, useDraft, useSummary } from '@causerie/react';
import { SendHorizontal } from 'lucide-react';
import { type ReactElement, useRef } from 'react';
import { conversationName } from '../list/names.ts';
import { useTexts } from '../texts/texts-context.ts';
import { IconButton } from '../ui/button.tsx';
import styles from './composer.module.css';
import { LengthNote } from './length-note.tsx';
import { lengthOf, LONGEST } from './length.ts';
import { useAutosize } from './use-autosize.ts';
import { useSendKey } from './use-send-key.ts';

interface ComposerProps {
  readonly id: string;
  readonly onSend: () => void;
}

/** Where one writes: always possible, also without a connection. */
export function Composer({ id, onSend }: ComposerProps): ReactElement {
  const texts = useTexts();
  const conversation = useConversation(id);
  const summary = useSummary(id);
  const [draft, setDraft] = useDraft(id);
  const field = useRef<HTMLTextAreaElement>(null);
  const canSend = draft.trim() !== '' && lengthOf(draft) <= LONGEST;
  useAutosize(field, draft);

  function send(): void {
    if (!canSend) return;
    conversation.send(draft);
    setDraft('');
    onSend();
  }
  const keys = useSendKey(send);
  const label = summary
    ? texts.conversation.writeTo(conversationName(texts, summary))
    : texts.conversation.message;
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        send();
        field.current?.focus();
      }}
    >
      <textarea
        {...keys}
        ref={field}
        className={styles.field}
        aria-label={label}
        placeholder={texts.conversation.message}
        rows={1}
        dir="auto"
        value={draft}
        onChange={({ target }) => {
          setDraft(target.value);
          conversation.notifyTyping();
        }}
      />
      <IconButton type="submit" icon={SendHorizontal} label={texts.conversation.send} disabled={!canSend} />
      <LengthNote text={draft} />
    </form>
  );
}
