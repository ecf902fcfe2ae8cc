import { type ReactElement, useEffect, useState } from 'react';
import type { SyntheticItem } from './synthetic-timeline.ts';

const MESSAGES_A_DAY = 40;
const IMAGE_LOADS_MS = 30;

const dayOf = (seq: number): number => Math.floor(seq / MESSAGES_A_DAY);

/** A message, whose image may be higher than the space that it has reserved; the first of a day has a heading. */
function Message({ item, isNewDay }: { item: SyntheticItem; isNewDay: boolean }): ReactElement {
  const [height, setHeight] = useState(item.height);
  useEffect(() => {
    if (item.laterHeight === item.height) return undefined;
    const timer = setTimeout(() => setHeight(item.laterHeight), IMAGE_LOADS_MS);
    return () => clearTimeout(timer);
  }, [item]);
  return (
    <>
      {isNewDay && <div className="day">Day {dayOf(item.seq)}</div>}
      <p style={{ height }}>Message {item.seq}</p>
    </>
  );
}

export function renderItem(item: SyntheticItem, previous: SyntheticItem | undefined): ReactElement {
  const isNewDay = previous === undefined || dayOf(previous.seq) !== dayOf(item.seq);
  return <Message item={item} isNewDay={isNewDay} />;
}
