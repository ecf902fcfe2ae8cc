import { z } from 'zod';
import {
  cursorParameter,
  parameterWithDefault,
} from '../../../../../common/interface/validation/parameter.schema.js';
import { MEMBERS_PAGE } from '../../../domain/models/conversation-member.model.js';

export const listMembersQuerySchema = z.strictObject({
  limit: parameterWithDefault(MEMBERS_PAGE, 1, MEMBERS_PAGE).meta({
    description: 'Maximum number of members.',
  }),
  cursor: cursorParameter.meta({
    description: 'The `nextCursor` of the previous page, or the `membersCursor` of a conversation.',
  }),
});

export type ListMembersQueryDto = z.output<typeof listMembersQuerySchema>;
