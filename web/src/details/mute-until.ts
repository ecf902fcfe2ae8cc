/** For how long a conversation can be muted. */
export const MUTES = ['hour', 'eightHours', 'tomorrow', 'forever'] as const;
export type Mute = (typeof MUTES)[number];

const HOUR = 3_600_000;
/** The server stores times only: this one is never reached. */
const NEVER = '9999-12-31T00:00:00.000Z';

/** Until when that is. Tomorrow begins at eight in the morning, where the reader is. */
export function muteUntil(mute: Mute, now: Date = new Date()): string {
  if (mute === 'forever') return NEVER;
  if (mute === 'tomorrow')
    return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 8).toISOString();
  return new Date(now.getTime() + (mute === 'hour' ? HOUR : 8 * HOUR)).toISOString();
}

/** Whether that lasts until it is ended. */
export const isForever = (until: string): boolean => until >= '9000';

/** Whether a conversation is muted: the server keeps the time when it is over, too. */
export const isMuted = (until: string | undefined, now = Date.now()): until is string =>
  until !== undefined && Date.parse(until) > now;
