import { z } from 'zod';
import { codePoints } from '../../../../../common/domain/code-points.js';

const LONGEST = 512;

/** Any text: one that is no token of ours is refused as invalid, not as malformed. */
const refreshToken = z
  .string()
  .refine((token) => token !== '' && codePoints(token) <= LONGEST, `must have 1 to ${LONGEST} characters`)
  .meta({ minLength: 1, maxLength: LONGEST });

export const refreshSchema = z
  .strictObject({ refreshToken })
  .meta({ id: 'Refresh', examples: [{ refreshToken: 'q0Xb1k4fW1o2yq8Zr7w3m5N9cV6tJ2hL4sD8aG0eUiY' }] });

export type RefreshDto = z.output<typeof refreshSchema>;
