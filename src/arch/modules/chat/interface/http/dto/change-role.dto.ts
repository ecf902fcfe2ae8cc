import { z } from 'zod';
import { roleSchema } from './member.dto.js';

export const changeRoleSchema = z
  .strictObject({
    role: roleSchema.meta({ description: '`owner` transfers the ownership: you become an admin.' }),
  })
  .meta({ id: 'ChangeRole', examples: [{ role: 'admin' }] });

export type ChangeRoleDto = z.output<typeof changeRoleSchema>;
