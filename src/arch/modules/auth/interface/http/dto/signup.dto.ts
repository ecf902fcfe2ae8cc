import { z } from 'zod';
import { displayName, text } from '../../../../../common/interface/validation/text.schema.js';
import { EMAIL_MAX } from '../../../domain/models/account.model.js';
import { PASSWORD_MAX, PASSWORD_MIN } from '../../../domain/models/password.model.js';

export const signupSchema = z
  .strictObject({
    email: z.email('must be an e-mail address').max(EMAIL_MAX, `must have at most ${EMAIL_MAX} characters`),
    password: text(PASSWORD_MIN, PASSWORD_MAX),
    displayName,
  })
  .meta({
    id: 'Signup',
    examples: [{ email: 'ada@example.com', password: 'correct horse battery', displayName: 'Ada' }],
  });

export type SignupDto = z.output<typeof signupSchema>;
