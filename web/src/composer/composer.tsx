import { useConversation, useSummary } from '@causerie/react';
import { type ReactElement, useEffect, useRef } from 'react';
import { Check, SendHorizontal } from '../ui/icons.ts';
import { conversationName } from '../list/names.ts';
import { optionId } from '../mentions/option-id.ts';
import { useMentionList } from '../mentions/use-mention-list.ts';
import { useMentioned } from '../mentions/use-mentioned.ts';
import { useRights } from '../message/use-rights.ts';
import { useUserId } from '../people/use-user-id.ts';
import { useTexts } from '../texts/texts-context.ts';
import { IconButton } from '../ui/button.tsx';
import { lazyPart } from '../ui/lazy-part.tsx';
import styles from './composer.module.css';
import { ComposingNote } from './composing-note.tsx';
import { purposeOf } from './composing.ts';
import { LengthNote } from './length-note.tsx';
import { recallable } from './recallable.ts';
import { useAutosize } from './use-autosize.ts';
import { useComposerKeys } from './use-composer-keys.ts';
import { useComposingStore } from './use-composing.ts';
import { useComposition } from './use-composition.ts';

/** Who cannot be offered names writes them. */
const MentionList = lazyPart(
  () => import('../mentions/mention-list.tsx'),
  () => null,
);

interface ComposerProps {
  readonly id: string;
  readonly onSend: () => void;
}

/** Where one writes, unless only the owner and the admins do. */
export function Composer(props: ComposerProps): ReactElement {
  const { composer } = useTexts();
  return useRights(props.id).mayWrite ? (
    <Form {...props} />
  ) : (
    <p className={styles.closed}>{composer.onlyAdmins}</p>
  );
}

/** Writing is always possible, also without a connection. */
function Form({ id, onSend }: ComposerProps): ReactElement {
  const texts = useTexts();
  const conversation = useConversation(id);
  const summary = useSummary(id);
  const ownId = useUserId();
  const store = useComposingStore();
  const mentioned = useMentioned(id);
  const composition = useComposition(id, onSend, mentioned.mentionedIn);
  const { composing, text, canSubmit, setText, submit, leave } = composition;
  const field = useRef<HTMLTextAreaElement>(null);
  const mentions = useMentionList(id, { text, setText, field, onChoose: mentioned.choose });
  const isChoosing = mentions.options.length > 0;
  useAutosize(field, text);
  const kind = composing?.kind;
  const purpose = purposeOf(composing);
  // What was begun before the conversation was opened again waits there.
  const before = useRef(purpose);
  useEffect(() => {
    if (purpose !== '' && purpose !== before.current) field.current?.focus();
    before.current = purpose;
  }, [purpose]);
  const keys = useComposerKeys({
    choose: mentions.onKey,
    send: submit,
    recall() {
      const found = text === '' && !composing && recallable(conversation.timeline.getSnapshot().items, ownId);
      if (found) store.set(id, found);
      return Boolean(found);
    },
    leave() {
      if (composing) leave();
      return composing !== null;
    },
  });
  const isThread = summary?.type === 'thread';
  const what = isThread ? texts.thread.write : texts.conversation.message;
  const label = summary && !isThread ? texts.conversation.writeTo(conversationName(texts, summary)) : what;
  return (
    <form
      className={styles.composer}
      data-area
      onSubmit={(event) => {
        event.preventDefault();
        submit();
        field.current?.focus();
      }}
    >
      {composing && <ComposingNote composing={composing} onLeave={leave} />}
      <textarea
        {...keys}
        {...(isChoosing && choosing(mentions))}
        ref={field}
        className={styles.field}
        aria-label={label}
        placeholder={what}
        rows={1}
        dir="auto"
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          mentions.noteCaret();
          if (kind !== 'edit') conversation.notifyTyping();
        }}
        onSelect={mentions.noteCaret}
        onBlur={mentions.close}
      />
      {isChoosing && (
        <MentionList
          id={mentions.listId}
          options={mentions.options}
          index={mentions.index}
          onChoose={mentions.choose}
        />
      )}
      {kind === 'edit' ? (
        <IconButton type="submit" icon={Check} label={texts.common.save} disabled={!canSubmit} />
      ) : (
        <IconButton
          type="submit"
          icon={SendHorizontal}
          label={texts.conversation.send}
          disabled={!canSubmit}
        />
      )}
      <LengthNote text={text} />
    </form>
  );
}

/** While a list stands above it. A field of several lines stays a text box: it may not be a combobox. */
const choosing = ({ listId, index }: { readonly listId: string; readonly index: number }) =>
  ({
    'aria-autocomplete': 'list',
    'aria-haspopup': 'listbox',
    'aria-controls': listId,
    'aria-activedescendant': optionId(listId, index),
  }) as const;
