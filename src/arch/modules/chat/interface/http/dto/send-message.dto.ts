import { z } from 'zod';
import { CLIENT_MESSAGE_ID } from '../../../../../common/domain/client-message-id.js';
import { visibleText } from '../../../../../common/interface/validation/text.schema.js';
import { uuid } from '../../../../../common/interface/validation/uuid.schema.js';
import { MENTIONS_MAX } from '../../../domain/models/message-extras.model.js';
import { CONTENT_MAX } from '../../../domain/models/message.model.js';
import { newMetadataSchema } from './metadata.dto.js';

/** What may be given besides the text. */
export const extrasShape = {
  mentions: z
    .array(uuid)
    .max(MENTIONS_MAX)
    .optional()
    .meta({ description: 'Whom it mentions. Duplicates, and ids of users who are no members, are ignored.' }),
  mentionsAll: z
    .boolean()
    .optional()
    .meta({ description: 'Whether it mentions everybody. For the owner and admins of a group.' }),
  metadata: newMetadataSchema.optional(),
};

export const sendMessageSchema = z
  .strictObject({
    content: visibleText(CONTENT_MAX),
    clientMessageId: z
      .string()
      .regex(CLIENT_MESSAGE_ID, 'must be 1 to 64 of A-Z a-z 0-9 _ -')
      .optional()
      .meta({
        description: 'Your own id for the message: a retry with the same id does not store it twice.',
      }),
    replyToId: uuid
      .optional()
      .meta({ description: 'The message of this conversation to which it replies; you must see it.' }),
    ...extrasShape,
  })
  // zod omits `examples` of a transformed schema.
  .meta({ id: 'SendMessage', example: { content: 'Hello!', clientMessageId: 'b7e6f0' } });

export type SendMessageDto = z.output<typeof sendMessageSchema>;
