import { z } from 'zod';
import { DEMO_PASSWORD } from '../../../../../common/domain/demo-data.js';
import { text } from '../../../../../common/interface/validation/text.schema.js';

/** Of any password that could have been set, and the empty one is none. */
export const deleteAccountSchema = z
  .strictObject({ password: text(1, 128) })
  .meta({ id: 'DeleteAccount', examples: [{ password: DEMO_PASSWORD }] });

export type DeleteAccountDto = z.output<typeof deleteAccountSchema>;
