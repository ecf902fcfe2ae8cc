import type { Language } from '../texts/language.ts';

const MINUTE = 60_000;
const UNITS = [
  ['day', 1_440 * MINUTE],
  ['hour', 60 * MINUTE],
  ['minute', MINUTE],
] as const;

/** How long ago a time is, in the largest unit that fits: `5 minutes ago`, `yesterday`. */
export function timeAgo(language: Language, time: string, now: number = Date.now()): string {
  const elapsed = Math.max(0, now - Date.parse(time));
  const [unit, length] = UNITS.find(([, ms]) => elapsed >= ms) ?? UNITS[2];
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(
    -Math.floor(elapsed / length),
    unit,
  );
}
