import type { Timeline, TimelineState } from '@causerie/client';
import type { MessageWindowHandle } from '@causerie/react';
import type { ReactElement, RefObject } from 'react';
import { useSpeech } from '../texts/texts-context.ts';
import { dayName } from '../texts/times.ts';
import styles from './scrubber.module.css';
import { useSeeking } from './use-seeking.ts';
import { useShownSeq } from './use-shown-seq.ts';

export interface ScrubberProps {
  readonly timeline: Timeline;
  readonly window: RefObject<MessageWindowHandle | null>;
  readonly box: RefObject<HTMLElement | null>;
  /** Whether the end is not shown. */
  readonly isAway: boolean;
  readonly lastSeq: number;
}

/** A slider over all messages: seen while one reads what is older, and when the keyboard reaches it. */
export default function Scrubber(props: ScrubberProps): ReactElement | null {
  const { timeline, window, box, isAway, lastSeq } = props;
  const { texts, language } = useSpeech();
  const { conversation: say } = texts;
  const shown = useShownSeq(box, window);
  const { wanted, seek } = useSeeking(window, lastSeq);
  const seq = Math.min(wanted ?? shown ?? lastSeq, lastSeq);
  const time = timeOf(timeline.getSnapshot(), seq);
  const place = say.place(seq, lastSeq);
  const day = time === undefined ? place : dayName(language, say, time);
  return (
    <label className={styles.scrubber} data-shown={isAway}>
      <span className={styles.day}>{day}</span>
      <input
        type="range"
        aria-label={say.scrub}
        aria-valuetext={time === undefined ? place : `${day}, ${place}`}
        min={1}
        max={lastSeq}
        value={seq}
        onChange={({ target }) => seek(Number(target.value))}
      />
    </label>
  );
}

/** When a message was sent; undefined when it is not here. */
function timeOf({ items, first }: TimelineState, seq: number): string | undefined {
  const item = items[seq - first];
  return item?.kind === 'message' ? item.message.createdAt : undefined;
}
