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
