import { z } from 'zod';

/** A whole number in a query string, up to 2⁵³ − 1: what JavaScript counts exactly. */
export function integerParameter(minimum: number, maximum = Number.MAX_SAFE_INTEGER) {
  const message = `must be a whole number from ${minimum} to ${maximum}`;
  return z
    .string(message)
    .regex(/^\d{1,16}$/, message)
    .transform(Number)
    .pipe(z.int().min(minimum, message).max(maximum, message))
    .meta({ override: { type: 'integer', minimum, maximum } });
}

/** `?limit=`: how many at most. */
export const limitParameter = integerParameter(1, 100).default(20);
