import { z } from 'zod';
import { codePoints } from '../../domain/code-points.js';

/** Text as PostgreSQL and JSON can both hold it: no U+0000, no lone surrogate. Bounds in code points. */
export function text(minimum: number, maximum: number) {
  return z
    .string()
    .refine((value) => value.isWellFormed() && !value.includes('\0'), 'must be valid Unicode without U+0000')
    .refine((value) => {
      const length = codePoints(value);
      return length >= minimum && length <= maximum;
    }, `must have ${minimum} to ${maximum} characters`)
    .meta({ minLength: minimum, maxLength: maximum });
}

/** Text that shows something: `trim()` leaves at least one character of it. */
export function visibleText(maximum: number) {
  return text(1, maximum).refine((value) => value.trim() !== '', 'must not be blank');
}
