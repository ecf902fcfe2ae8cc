import type { Message } from '@causerie/client';
import { type Dispatch, type ReactElement, type RefObject, type SetStateAction, useRef } from 'react';
import { Ellipsis, Reply, SmilePlus } from '../ui/icons.ts';
import { useComposingStore } from '../composer/use-composing.ts';
import { useTexts } from '../texts/texts-context.ts';
import { IconButton } from '../ui/button.tsx';
import { FailedNote } from '../ui/failed-note.ts';
import { lazyPart } from '../ui/lazy-part.tsx';
import { usePart } from '../ui/use-part.ts';
import { isFocusOutside } from '../ui/where-focus.ts';
import styles from './message-actions.module.css';
import type { Opened } from './opened.ts';
import type { Allowed } from './rights.ts';
import { usePlace } from './use-place.ts';

const QUICK_REACTIONS = ['👍', '❤️', '😂'];

interface MessageActionsProps {
  readonly message: Message;
  readonly allowed: Allowed;
  readonly row: RefObject<HTMLElement | null>;
  readonly opened: Opened;
  readonly onOpen: Dispatch<SetStateAction<Opened>>;
  readonly onReact: (emoji: string) => void;
}

const loadMenu = async () => (await import('./message-menu.tsx')).MessageMenu;
const loadPicker = async () => (await import('./emoji-popover.tsx')).EmojiPopover;
const MessageDialog = lazyPart(() => import('./message-dialog.tsx'), FailedNote);

/** The buttons at the row where somebody is, and what they open. */
export function MessageActions(props: MessageActionsProps): ReactElement {
  const { message, allowed, row, opened, onOpen, onReact } = props;
  const { message: say } = useTexts();
  const composing = useComposingStore();
  const bar = useRef<HTMLFieldSetElement>(null);
  const more = useRef<HTMLButtonElement>(null);
  const react = useRef<HTMLButtonElement>(null);
  const [Menu, fetchMenu] = usePart(loadMenu);
  const [Picker, fetchPicker] = usePart(loadPicker);
  usePlace(bar, row);

  async function open(part: 'menu' | 'emoji', fetch: () => Promise<boolean>): Promise<void> {
    if (await fetch()) onOpen(part);
  }
  /** The focus goes back to where it came from, unless it is elsewhere; a button may be gone by then. */
  function close({ current: opener }: RefObject<HTMLElement | null>): void {
    onOpen(null);
    if (!isFocusOutside(row.current)) (opener?.isConnected ? opener : row.current)?.focus();
  }
  return (
    <fieldset ref={bar} className={styles.actions} aria-label={say.actions}>
      {allowed.react &&
        QUICK_REACTIONS.map((emoji) => (
          <button
            key={emoji}
            type="button"
            className={styles.quick}
            data-closes
            aria-label={say.reactWith(emoji)}
            title={say.reactWith(emoji)}
            onClick={() => onReact(emoji)}
          >
            {emoji}
          </button>
        ))}
      {allowed.react && (
        <IconButton
          ref={react}
          icon={SmilePlus}
          label={say.react}
          aria-expanded={opened === 'emoji'}
          onClick={() => void open('emoji', fetchPicker)}
        />
      )}
      {allowed.reply && (
        <IconButton
          icon={Reply}
          label={say.reply}
          onClick={() => composing.set(message.conversationId, { kind: 'reply', to: message })}
        />
      )}
      <IconButton
        ref={more}
        icon={Ellipsis}
        label={say.more}
        aria-haspopup="menu"
        aria-expanded={opened === 'menu'}
        onClick={() => void open('menu', fetchMenu)}
      />
      {Menu && opened === 'menu' && (
        <Menu message={message} allowed={allowed} row={row} opener={more} onOpen={onOpen} />
      )}
      {Picker && opened === 'emoji' && (
        <Picker opener={react} onChoose={onReact} onClose={() => close(react)} />
      )}
      {(opened === 'delete' || opened === 'history') && (
        <MessageDialog kind={opened} message={message} onClose={() => close(more)} />
      )}
    </fieldset>
  );
}
