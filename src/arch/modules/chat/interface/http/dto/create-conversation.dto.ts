import { z } from 'zod';
import { name } from '../../../../../common/interface/validation/text.schema.js';
import { uuid } from '../../../../../common/interface/validation/uuid.schema.js';
import { NEW_MEMBERS_MAX, TITLE_MAX } from '../../../domain/models/conversation.model.js';

export const createConversationSchema = z
  .strictObject({
    title: name(TITLE_MAX).optional(),
    memberIds: z
      .array(uuid)
      .max(NEW_MEMBERS_MAX)
      .meta({ description: 'Besides yourself; naming somebody twice, or yourself, changes nothing.' }),
  })
  .meta({
    id: 'CreateConversation',
    // Not `examples`, which zod leaves out where something is transformed.
    example: { title: 'Discussion', memberIds: ['0199d0a2-6c1e-7000-8000-000000000002'] },
  });

export type CreateConversationDto = z.output<typeof createConversationSchema>;
