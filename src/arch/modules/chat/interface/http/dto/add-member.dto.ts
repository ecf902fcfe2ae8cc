import { z } from 'zod';
import { uuid } from '../../../../../common/interface/validation/uuid.schema.js';

export const addMemberSchema = z
  .strictObject({ userId: uuid })
  // Not `examples`, which zod leaves out where something is transformed.
  .meta({ id: 'AddMember', example: { userId: '0199d0a2-6c1e-7000-8000-000000000003' } });

export type AddMemberDto = z.output<typeof addMemberSchema>;
