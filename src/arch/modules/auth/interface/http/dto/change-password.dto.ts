import { z } from 'zod';
import { DEMO_PASSWORD } from '../../../../../common/domain/demo-data.js';
import { text } from '../../../../../common/interface/validation/text.schema.js';
import { PASSWORD_MAX, PASSWORD_MIN } from '../../../domain/models/password.model.js';

export const changePasswordSchema = z
  .strictObject({ currentPassword: text(1, PASSWORD_MAX), newPassword: text(PASSWORD_MIN, PASSWORD_MAX) })
  .meta({
    id: 'ChangePassword',
    examples: [{ currentPassword: DEMO_PASSWORD, newPassword: 'staple battery horse' }],
  });

export type ChangePasswordDto = z.output<typeof changePasswordSchema>;
