import type { Language } from './language.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language, options);
  formats.set(key, known);
  return known;
}

/** The day of a time where the reader is, as `2026-11-28`. */
export function dayOf(time: Date): string {
  const [year, month, day] = [time.getFullYear(), time.getMonth() + 1, time.getDate()];
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

export const clockTime = (language: Language, time: string): string =>
  format(language, { timeStyle: 'short' }).format(new Date(time));

/** Without AM and PM: beside rows whose first one says it. */
export const bareTime = (language: Language, time: string): string =>
  format(language, { timeStyle: 'short' })
    .formatToParts(new Date(time))
    .filter(({ type }) => type === 'hour' || type === 'minute' || type === 'literal')
    .map(({ value }) => value)
    .join('')
    .trim();

export const exactTime = (language: Language, time: string): string =>
  format(language, { dateStyle: 'full', timeStyle: 'short' }).format(new Date(time));

/** The day and the time, short. */
export const shortDateTime = (language: Language, time: string): string =>
  format(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(time));

/** For the list: the time of today, the weekday of this week, else the date. */
export function shortTime(language: Language, time: string, now: Date = new Date()): string {
  const then = new Date(time);
  if (dayOf(then) === dayOf(now)) return clockTime(language, time);
  const isThisWeek = now.getTime() - then.getTime() < 6 * 86_400_000;
  const isThisYear = then.getFullYear() === now.getFullYear();
  if (isThisWeek) return format(language, { weekday: 'short' }).format(then);
  return format(language, isThisYear ? { day: 'numeric', month: 'short' } : { dateStyle: 'short' }).format(
    then,
  );
}

/** For the line between two days: today, yesterday, or the date. */
export function dayName(
  language: Language,
  names: { readonly today: string; readonly yesterday: string },
  time: string,
  now: Date = new Date(),
): string {
  const then = new Date(time);
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (dayOf(then) === dayOf(now)) return names.today;
  if (dayOf(then) === dayOf(yesterday)) return names.yesterday;
  const isThisYear = then.getFullYear() === now.getFullYear();
  return format(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
  }).format(then);
}
