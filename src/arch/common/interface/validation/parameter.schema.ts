import { z } from 'zod';

/** A whole number in a query string, up to 2⁵³ − 1: what JavaScript counts exactly. */
export function integerParameter(minimum: number, maximum = Number.MAX_SAFE_INTEGER) {
  const message = `must be a whole number from ${minimum} to ${maximum}`;
  return z
    .string(message)
    .refine((text) => /^\d{1,16}$/.test(text) && Number(text) >= minimum && Number(text) <= maximum, message)
    .transform(Number)
    .meta({ type: 'integer', minimum, maximum });
}

/** `?limit=`: how many at most. */
export const limitParameter = integerParameter(1, 100)
  .default(20)
  .meta({ type: 'integer', minimum: 1, maximum: 100, default: 20 });
