import { z } from 'zod';
import { DEMO_PASSWORD } from '../../../../../common/domain/demo-data.js';
import { text } from '../../../../../common/interface/validation/text.schema.js';

/** Maximum characters of any valid password; an empty one is refused. */
const PASSWORD_MAX = 128;

export const deleteAccountSchema = z
  .strictObject({ password: text(1, PASSWORD_MAX) })
  .meta({ id: 'DeleteAccount', examples: [{ password: DEMO_PASSWORD }] });

export type DeleteAccountDto = z.output<typeof deleteAccountSchema>;
