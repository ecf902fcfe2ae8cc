import { z } from 'zod';
import { DEMO_USERS } from '../../../../../common/domain/demo-data.js';
import { uuid } from '../../../../../common/interface/validation/uuid.schema.js';

export const addMemberSchema = z
  .strictObject({ userId: uuid })
  // Not `examples`, which zod leaves out where something is transformed.
  .meta({ id: 'AddMember', example: { userId: DEMO_USERS[2].id } });

export type AddMemberDto = z.output<typeof addMemberSchema>;
