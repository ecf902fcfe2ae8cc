import { z } from 'zod';
import { DEMO_PASSWORD, DEMO_USERS } from '../../../../../common/domain/demo-data.js';
import { text } from '../../../../../common/interface/validation/text.schema.js';
import { EMAIL_MAX } from '../../../domain/models/account.model.js';
import { PASSWORD_MAX } from '../../../domain/models/password.model.js';

export const loginSchema = z
  .strictObject({ email: text(1, EMAIL_MAX), password: text(1, PASSWORD_MAX) })
  .meta({ id: 'Login', examples: [{ email: DEMO_USERS[0].email, password: DEMO_PASSWORD }] });

export type LoginDto = z.output<typeof loginSchema>;
