import { z } from 'zod';
import { text } from '../../../../../common/interface/validation/text.schema.js';
import { PASSWORD_MAX, PASSWORD_MIN } from '../../../domain/models/password.model.js';

export const changePasswordSchema = z
  .strictObject({ currentPassword: text(1, PASSWORD_MAX), newPassword: text(PASSWORD_MIN, PASSWORD_MAX) })
  .meta({
    id: 'ChangePassword',
    examples: [{ currentPassword: 'correct horse battery', newPassword: 'staple battery horse' }],
  });

export type ChangePasswordDto = z.output<typeof changePasswordSchema>;
