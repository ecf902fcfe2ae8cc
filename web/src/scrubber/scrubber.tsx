import type { Timeline, TimelineState } from '@causerie/client';
import { type MessageWindowHandle, useObservable } from '@causerie/react';
import type { ReactElement, RefObject } from 'react';
import { useSpeech } from '../texts/texts-context.ts';
import { dayName } from '../texts/times.ts';
import styles from './scrubber.module.css';
import { useSeeking } from './use-seeking.ts';
import { useShownSeq } from './use-shown-seq.ts';

/** Messages of which a conversation is long enough to have one. */
const LONG = 200;

export interface ScrubberProps {
  readonly timeline: Timeline;
  readonly window: RefObject<MessageWindowHandle | null>;
  readonly box: RefObject<HTMLElement | null>;
  /** Whether the end is not shown. */
  readonly isAway: boolean;
}

/** Leads to any time of a long conversation. */
export function Scrubber(props: ScrubberProps): ReactElement | null {
  const lastSeq = useObservable(props.timeline, props.timeline.getSnapshot(), lastSeqOf);
  return lastSeq < LONG ? null : <Slider {...props} lastSeq={lastSeq} />;
}

const lastSeqOf = ({ lastSeq }: TimelineState): number => lastSeq;

/** Seen while one reads what is older, and when the keyboard reaches it. */
function Slider({
  timeline,
  window,
  box,
  isAway,
  lastSeq,
}: ScrubberProps & { readonly lastSeq: number }): ReactElement {
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
