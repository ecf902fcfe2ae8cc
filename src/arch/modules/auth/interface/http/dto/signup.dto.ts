import { z } from 'zod';
import { DISPLAY_NAME_MAX } from '../../../../../common/domain/profile.js';
import { text, visibleText } from '../../../../../common/interface/validation/text.schema.js';
import { PASSWORD_MAX, PASSWORD_MIN } from '../../../domain/models/password.model.js';

export const signupSchema = z
  .strictObject({
    email: z.email('must be an e-mail address').max(254, 'must have at most 254 characters'),
    password: text(PASSWORD_MIN, PASSWORD_MAX),
    displayName: visibleText(DISPLAY_NAME_MAX),
  })
  .meta({
    id: 'Signup',
    examples: [{ email: 'ada@example.com', password: 'correct horse battery', displayName: 'Ada' }],
  });

export type SignupDto = z.output<typeof signupSchema>;
