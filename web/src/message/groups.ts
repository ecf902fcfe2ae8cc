import type { TimelineItem } from '@causerie/client';
import { dayOf } from '../texts/times.ts';
import type { Spoken } from './spoken.ts';

/** What somebody says within that time is one thought. */
const GROUP_MS = 5 * 60_000;

export const beginsDay = (spoken: Spoken, previous: Spoken | undefined): boolean =>
  !previous || dayOf(new Date(spoken.time)) !== dayOf(new Date(previous.time));

/** Whether the row says who speaks: another one than above, later, or on another day. */
export const beginsGroup = (spoken: Spoken, previous: Spoken | undefined): boolean =>
  !previous ||
  previous.senderId !== spoken.senderId ||
  beginsDay(spoken, previous) ||
  Date.parse(spoken.time) - Date.parse(previous.time) >= GROUP_MS;

/** The author and the time of a row, which decide on how the next one begins. */
function startOf(item: TimelineItem | undefined): string {
  if (!item) return '';
  if (item.kind === 'pending') return item.pending.createdAt;
  return `${item.message.senderId} ${item.message.createdAt}`;
}

/** Whether the rows below two rows begin the same. */
export const isSameStart = (one: TimelineItem | undefined, other: TimelineItem | undefined): boolean =>
  one === other || startOf(one) === startOf(other);
