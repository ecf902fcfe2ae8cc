import { z } from 'zod';

/** Described here, before it becomes a number: zod documents no default of what is transformed. */
function integerText(minimum: number, maximum: number, described: { default?: number } = {}) {
  const message = `must be a whole number from ${minimum} to ${maximum}`;
  return z
    .string(message)
    .refine((text) => /^\d{1,16}$/.test(text) && Number(text) >= minimum && Number(text) <= maximum, message)
    .meta({ type: 'integer', minimum, maximum, ...described });
}

/** A whole number in a query string, up to 2⁵³ − 1: what JavaScript counts exactly. */
export function integerParameter(minimum: number, maximum = Number.MAX_SAFE_INTEGER) {
  return integerText(minimum, maximum).transform(Number);
}

/** The same when it may be left out. */
export function parameterWithDefault(value: number, minimum: number, maximum = Number.MAX_SAFE_INTEGER) {
  return integerText(minimum, maximum, { default: value })
    .optional()
    .transform((text) => (text === undefined ? value : Number(text)));
}

/** Rows of a page when nobody says how many, and at most. */
const LIMIT_DEFAULT = 20;
export const LIMIT_MAX = 100;
/** Characters of a `cursor`, which is ours; that of a search holds a name and has a bound of its own. */
const CURSOR_MAX = 200;

/** `?limit=`: how many at most. */
export const limitParameter = parameterWithDefault(LIMIT_DEFAULT, 1, LIMIT_MAX).meta({
  description: 'How many at most.',
});

/** `?cursor=`: from where on. */
export const cursorParameter = z
  .string()
  .min(1)
  .max(CURSOR_MAX)
  .optional()
  .meta({ description: 'The `nextCursor` of the page before.' });
