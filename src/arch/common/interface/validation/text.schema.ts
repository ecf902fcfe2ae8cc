import { z } from 'zod';
import { DISPLAY_NAME_MAX, displayNameFaults } from '../../domain/profile.js';
import { nameFaults, textFaults, visibleTextFaults } from '../../domain/texts.js';

/** Text that both PostgreSQL and JSON can hold. Bounds in code points. */
export function text(minimum: number, maximum: number) {
  return checked((value) => textFaults(value, minimum, maximum), { minimum, maximum });
}

/** Text with at least one visible character. */
export function visibleText(maximum: number) {
  return checked((value) => visibleTextFaults(value, maximum), { minimum: 1, maximum });
}

const NAME =
  'One line: no control characters, none that change the direction of text, and something visible.';

/** A title: one line with a visible character. */
export function name(maximum: number) {
  return checked((value) => nameFaults(value, maximum), { minimum: 1, maximum }).meta({ description: NAME });
}

export const displayName = checked(displayNameFaults, { minimum: 1, maximum: DISPLAY_NAME_MAX }).meta({
  description: `${NAME} Not that of an account that is gone.`,
});

/** The domain checks the text; the bounds are for the API document. */
function checked(
  faultsOf: (value: string) => string[],
  { minimum, maximum }: { minimum: number; maximum: number },
) {
  return z
    .string()
    .superRefine((value, context) => {
      for (const message of faultsOf(value)) context.addIssue({ code: 'custom', message });
    })
    .meta({ minLength: minimum, maxLength: maximum });
}
