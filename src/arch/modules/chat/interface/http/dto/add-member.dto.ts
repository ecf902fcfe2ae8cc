import { z } from 'zod';
import { DEMO_USERS } from '../../../../../common/domain/demo-data.js';
import { uuid } from '../../../../../common/interface/validation/uuid.schema.js';

export const addMemberSchema = z
  .strictObject({
    userId: uuid,
    history: z.enum(['all', 'none']).default('all').meta({
      description: '`none`: the new member sees no message from before.',
    }),
  })
  // zod omits `examples` of a transformed schema.
  .meta({ id: 'AddMember', example: { userId: DEMO_USERS[2].id } });

export type AddMemberDto = z.output<typeof addMemberSchema>;
