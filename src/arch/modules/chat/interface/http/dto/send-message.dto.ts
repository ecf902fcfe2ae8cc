import { z } from 'zod';
import { CLIENT_MESSAGE_ID } from '../../../../../common/domain/client-message-id.js';
import { visibleText } from '../../../../../common/interface/validation/text.schema.js';
import { CONTENT_MAX } from '../../../domain/models/message.model.js';

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
  })
  .meta({ id: 'SendMessage', examples: [{ content: 'Hello!', clientMessageId: 'b7e6f0' }] });

export type SendMessageDto = z.output<typeof sendMessageSchema>;
