import { z } from 'zod';
import { DEMO_USERS } from '../../../../../common/domain/demo-data.js';
import { name } from '../../../../../common/interface/validation/text.schema.js';
import { uuid } from '../../../../../common/interface/validation/uuid.schema.js';
import { NEW_MEMBERS_MAX } from '../../../domain/models/conversation.model.js';
import { TITLE_MAX } from '../../../domain/models/conversation-settings.model.js';

export const createConversationSchema = z
  .strictObject({
    title: name(TITLE_MAX).optional(),
    memberIds: z
      .array(uuid)
      .max(NEW_MEMBERS_MAX)
      .meta({ description: 'The other members. Duplicates and your own id are ignored.' }),
  })
  .meta({
    id: 'CreateConversation',
    // zod omits `examples` of a transformed schema.
    example: { title: 'Discussion', memberIds: [DEMO_USERS[1].id] },
  });

export type CreateConversationDto = z.output<typeof createConversationSchema>;
