import { z } from 'zod';

/** Documented before the transformation to a number: zod documents no default of a transformed schema. */
function integerText(minimum: number, maximum: number, described: { default?: number } = {}) {
  const message = `must be a whole number from ${minimum} to ${maximum}`;
  return z
    .string(message)
    .refine((text) => /^\d{1,16}$/.test(text) && Number(text) >= minimum && Number(text) <= maximum, message)
    .meta({ type: 'integer', minimum, maximum, ...described });
}

/** A whole number in a query string, up to 2⁵³ − 1, JavaScript's largest exact integer. */
export function integerParameter(minimum: number, maximum = Number.MAX_SAFE_INTEGER) {
  return integerText(minimum, maximum).transform(Number);
}

/** The same for an optional parameter. */
export function parameterWithDefault(value: number, minimum: number, maximum = Number.MAX_SAFE_INTEGER) {
  return integerText(minimum, maximum, { default: value })
    .optional()
    .transform((text) => (text === undefined ? value : Number(text)));
}

/** `true` or `false` in a query string. */
export const booleanParameter = z.enum(['true', 'false']).transform((text) => text === 'true');

/** Rows of a page by default, and at most. */
const LIMIT_DEFAULT = 20;
export const LIMIT_MAX = 100;
/** Maximum characters of a `cursor`; that of a search contains a name and has its own limit. */
const CURSOR_MAX = 200;

/** `?limit=`: maximum number of rows. */
export const limitParameter = parameterWithDefault(LIMIT_DEFAULT, 1, LIMIT_MAX).meta({
  description: 'How many at most.',
});

/** `?cursor=`: where the page begins. */
export const cursorParameter = z
  .string()
  .min(1)
  .max(CURSOR_MAX)
  .optional()
  .meta({ description: 'The `nextCursor` of the page before.' });

/** The query of a list without filters. */
export const pageQuerySchema = z.strictObject({ limit: limitParameter, cursor: cursorParameter });

export type PageQueryDto = z.output<typeof pageQuerySchema>;
