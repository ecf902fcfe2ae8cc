import type { TimelineItem } from '@causerie/client';
import {
  MessageWindow,
  type MessageWindowHandle,
  useConversation,
  useOpenTimeline,
  useVisit,
  type WindowEnd,
} from '@causerie/react';
import {
  type FocusEvent,
  type HTMLAttributes,
  type ReactElement,
  type Ref,
  useCallback,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { useLocation } from 'wouter';
import { JumpBar } from '../jump/jump-bar.tsx';
import { type Jump, JumpContext } from '../jump/jump-context.ts';
import { seqOf } from '../jump/seq-of.ts';
import { useJumps } from '../jump/use-jumps.ts';
import { Message } from '../message/message.tsx';
import { moveBetweenRows } from '../message/row-keys.ts';
import { LongScrubber } from '../scrubber/long-scrubber.tsx';
import { useTexts } from '../texts/texts-context.ts';
import { Announcer } from './announcer.tsx';
import { EdgeNote } from './edge-note.tsx';
import { EndButton } from './end-button.tsx';
import styles from './messages.module.css';
import { MessagesState } from './messages-state.tsx';
import { NewDivider } from './new-divider.tsx';
import { useMarkRead } from './use-mark-read.ts';

export interface MessagesHandle {
  /** One's own message is sent: its place is the end. */
  showEnd(): void;
  readonly jump: Jump;
}

interface MessagesProps {
  readonly id: string;
  readonly handle: Ref<MessagesHandle>;
  /** What stands there when there are none. */
  readonly empty: ReactElement;
}

/** No message has it. */
const NONE = -1;
const AT_END: WindowEnd = { pinned: true, newCount: 0 };

/** What was said in a conversation. */
export function Messages({ id, handle, empty }: MessagesProps): ReactElement {
  const { conversation: say } = useTexts();
  const [path] = useLocation();
  // A conversation that is opened at a message is not shown elsewhere before.
  const [at] = useState(() => seqOf(path, id));
  const timeline = useOpenTimeline(id, { at });
  const conversation = useConversation(id);
  const { dividerSeq } = useVisit(id);
  const [end, setEnd] = useState(AT_END);
  const window = useRef<MessageWindowHandle>(null);
  const box = useRef<HTMLDivElement>(null);
  useMarkRead(box, conversation);
  const focusRows = (): void =>
    box.current?.querySelector<HTMLElement>('[data-messages]')?.focus({ preventScroll: true });
  const showEnd = useCallback(() => void window.current?.scrollToEnd(), []);
  const jump = useJumps(id, window);
  const renderItem = useCallback(
    (item: TimelineItem, previous: TimelineItem | undefined) => (
      <Message item={item} previous={previous} isFirstNew={seqIn(previous) === (dividerSeq ?? NONE)} />
    ),
    [dividerSeq],
  );
  useImperativeHandle(handle, () => ({ showEnd, jump }), [showEnd, jump]);
  return (
    <div className={styles.box} ref={box}>
      <LongScrubber timeline={timeline} window={window} box={box} isAway={!end.pinned} />
      <JumpContext value={jump}>
        <MessageWindow
          className={styles.window}
          data-messages
          data-area
          role="log"
          aria-live="off"
          aria-label={say.messages}
          tabIndex={0}
          onKeyDown={moveBetweenRows}
          onFocus={focusMessage}
          timeline={timeline}
          renderItem={renderItem}
          rowProps={rowProps}
          dividerSeq={dividerSeq}
          divider={<NewDivider />}
          onEndChange={setEnd}
          handle={window}
        />
      </JumpContext>
      <Announcer conversation={conversation} />
      <JumpBar timeline={timeline} />
      <EdgeNote timeline={timeline} onLeave={focusRows} />
      <MessagesState timeline={timeline} empty={empty} />
      {!end.pinned && <EndButton newCount={end.newCount} onClick={showEnd} />}
    </div>
  );
}

const seqIn = (item: TimelineItem | undefined): number | undefined =>
  item?.kind === 'message' ? item.message.seq : undefined;
const rowProps = (item: TimelineItem): HTMLAttributes<HTMLDivElement> & Record<'data-seq', unknown> => ({
  'data-seq': seqIn(item),
});

/** The window focuses a row: what is read out is the message in it. */
function focusMessage({ target }: FocusEvent<HTMLElement>): void {
  if (target.matches('[data-seq]')) target.querySelector('article')?.focus({ preventScroll: true });
}
