import { defaultEmojiDataResolver, EmojiPicker, type EmojiPickerListEmojiProps } from 'frimousse';
import {
  type ComponentProps,
  type ReactElement,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import emojiData from 'virtual:emoji-data';
import { useSpeech } from '../texts/texts-context.ts';
import styles from './emoji-popover.module.css';

interface EmojiPopoverProps {
  readonly opener: RefObject<HTMLElement | null>;
  readonly onChoose: (emoji: string) => void;
  readonly onClose: () => void;
}

/** All emoji, at the button that has opened it. */
export function EmojiPopover({ opener, onChoose, onClose }: EmojiPopoverProps): ReactElement {
  const { texts, language } = useSpeech();
  const box = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>('loading');
  useLayoutEffect(() => box.current?.showPopover(opener.current ? { source: opener.current } : {}), [opener]);
  // The picker itself says nothing when its data cannot be loaded.
  useEffect(() => {
    Promise.resolve(defaultEmojiDataResolver(language, { emojibaseUrl: emojiData })).then(
      () => setState('ready'),
      () => setState('failed'),
    );
  }, [language]);
  useEffect(() => {
    // On a phone the keyboard would cover what one came to see.
    if (state === 'ready' && matchMedia('(pointer: fine)').matches)
      box.current?.querySelector('input')?.focus();
  }, [state]);
  return (
    <div
      ref={box}
      popover="auto"
      className={styles.popover}
      onToggle={({ newState }) => newState === 'closed' && onClose()}
    >
      {state === 'failed' && <p role="alert">{texts.message.emojiFailed}</p>}
      {state === 'ready' && (
        <EmojiPicker.Root
          className={styles.picker}
          locale={language}
          emojibaseUrl={emojiData}
          columns={8}
          onEmojiSelect={({ emoji }) => {
            onChoose(emoji);
            box.current?.hidePopover();
          }}
        >
          <EmojiPicker.Search
            className={styles.search}
            aria-label={texts.message.emojiSearch}
            placeholder={texts.message.emojiSearch}
          />
          <EmojiPicker.Viewport className={styles.view}>
            <EmojiPicker.Empty className={styles.none}>{texts.message.emojiNone}</EmojiPicker.Empty>
            <EmojiPicker.List className={styles.list} components={PARTS} />
          </EmojiPicker.Viewport>
        </EmojiPicker.Root>
      )}
    </div>
  );
}

const PARTS = { Row, Emoji: EmojiButton };

/** Rows and columns are counted from 1. */
function Row({ 'aria-rowindex': index = 0, ...attributes }: ComponentProps<'div'>): ReactElement {
  return <div {...attributes} aria-rowindex={index + 1} />;
}

function EmojiButton({
  emoji,
  'aria-colindex': index = 0,
  ...attributes
}: EmojiPickerListEmojiProps): ReactElement {
  return (
    // Its rows are no table.
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
    <button type="button" {...attributes} role="gridcell" aria-colindex={index + 1}>
      {emoji.emoji}
    </button>
  );
}
