import type { TimelineItem } from '@causerie/client';
import { type KeyboardEvent, memo, type ReactElement, useRef, useState } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import { DayLine } from './day-line.tsx';
import { beginsDay, beginsGroup, isSameStart } from './groups.ts';
import type { Opened } from './opened.ts';
import { MessageHead } from './message-head.tsx';
import { MessageText } from './message-text.tsx';
import styles from './message.module.css';
import { PendingState } from './pending-state.tsx';
import { RowFrame } from './row-frame.tsx';
import { spokenOf } from './spoken.ts';
import { StoredState } from './stored-state.tsx';
import { useActive } from './use-active.ts';
import { useSpeaker } from './use-speaker.ts';

interface MessageProps {
  readonly item: TimelineItem;
  /** The row above. */
  readonly previous: TimelineItem | undefined;
  /** Whether the line above what is new stands between the two. */
  readonly isFirstNew: boolean;
}

/**
 * One message: who said it and when, unless the row above has said so, and what. Its elements are the same before and after
 * the server has stored it, so that focus and selection stay.
 */
export const Message = memo(function Message({ item, previous, isFirstNew }: MessageProps): ReactElement {
  const { conversation: say } = useTexts();
  const own = useSpeaker();
  const row = useRef<HTMLElement>(null);
  const [isActive, handlers] = useActive();
  const [opened, setOpened] = useState<Opened>(null);
  const isShown = isActive || opened !== null;
  const spoken = spokenOf(item, own);
  const { mentions, mentionsAll } = item.kind === 'pending' ? item.pending : item.message;
  const before = previous && spokenOf(previous, own);
  function leaveActions(event: KeyboardEvent): void {
    // What a menu hears comes here, too, though the menu stands elsewhere.
    const isInside = event.target !== row.current && row.current?.contains(event.target as Node);
    if (event.key !== 'Escape' || opened !== null || !isInside) return;
    event.preventDefault();
    row.current?.focus();
  }
  return (
    <>
      {beginsDay(spoken, before) && <DayLine time={spoken.time} />}
      <RowFrame
        {...handlers}
        ref={row}
        spoken={spoken}
        isFirst={isFirstNew || beginsGroup(spoken, before)}
        data-active={isShown}
        onKeyDown={leaveActions}
      >
        <MessageHead item={item} />
        {spoken.isDeleted ? (
          <i className={styles.quiet}>{say.deleted}</i>
        ) : (
          <MessageText text={spoken.content} mentions={mentions} mentionsAll={mentionsAll} />
        )}
        {item.kind === 'pending' ? (
          <PendingState pending={item.pending} />
        ) : (
          <StoredState item={item} row={row} isActive={isShown} opened={opened} onOpen={setOpened} />
        )}
      </RowFrame>
    </>
  );
}, isSameRow);

/** Of the row above only the author and the time matter: a reaction to it changes nothing here. */
function isSameRow(one: MessageProps, other: MessageProps): boolean {
  return (
    one.item === other.item &&
    one.isFirstNew === other.isFirstNew &&
    isSameStart(one.previous, other.previous)
  );
}
