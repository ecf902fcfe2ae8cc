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
  type HTMLAttributes,
  type ReactElement,
  type Ref,
  useCallback,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { Message } from '../message/message.tsx';
import { moveBetweenRows } from '../message/row-keys.ts';
import { EndButton } from './end-button.tsx';
import styles from './messages.module.css';
import { MessagesState } from './messages-state.tsx';
import { NewDivider } from './new-divider.tsx';
import { useMarkRead } from './use-mark-read.ts';

export interface MessagesHandle {
  /** One's own message is sent: its place is the end. */
  showEnd(): void;
}

interface MessagesProps {
  readonly id: string;
  readonly handle: Ref<MessagesHandle>;
  /** What is said when there are none. */
  readonly empty: string;
}

const AT_END: WindowEnd = { pinned: true, newCount: 0 };

/** What was said in a conversation. */
export function Messages({ id, handle, empty }: MessagesProps): ReactElement {
  const timeline = useOpenTimeline(id);
  const conversation = useConversation(id);
  const { dividerSeq } = useVisit(id);
  const [end, setEnd] = useState(AT_END);
  const window = useRef<MessageWindowHandle>(null);
  const box = useRef<HTMLDivElement>(null);
  useMarkRead(box, conversation);
  const showEnd = useCallback(() => void window.current?.scrollToEnd(), []);
  useImperativeHandle(handle, () => ({ showEnd }), [showEnd]);
  return (
    <div className={styles.box} ref={box}>
      <MessageWindow
        className={styles.window}
        data-messages
        tabIndex={0}
        onKeyDown={moveBetweenRows}
        timeline={timeline}
        renderItem={renderItem}
        rowProps={rowProps}
        dividerSeq={dividerSeq}
        divider={<NewDivider />}
        onEndChange={setEnd}
        handle={window}
      />
      <MessagesState timeline={timeline} empty={empty} />
      {!end.pinned && <EndButton newCount={end.newCount} onClick={showEnd} />}
    </div>
  );
}

const renderItem = (item: TimelineItem, previous: TimelineItem | undefined): ReactElement => (
  <Message item={item} previous={previous} />
);
const rowProps = (item: TimelineItem): HTMLAttributes<HTMLDivElement> & Record<'data-seq', unknown> => ({
  'data-seq': item.kind === 'message' ? item.message.seq : undefined,
});
