import { z } from 'zod';
import { visibleText } from '../../../../../common/interface/validation/text.schema.js';
import { CONTENT_MAX } from '../../../domain/models/message.model.js';
import { messageExample } from './examples.js';
import { extrasShape } from './send-message.dto.js';

export const editMessageSchema = z
  .strictObject({
    content: visibleText(CONTENT_MAX).optional(),
    ...extrasShape,
    expectedRev: z.int().min(1).optional().meta({
      description:
        'The `rev` of the message that you have seen: when it has another one by now, nothing changes. Without it the last edit wins.',
    }),
  })
  // The domain checks that it changes something. zod omits `examples` of a transformed schema.
  .meta({ id: 'EditMessage', example: { content: 'Hello, all!', expectedRev: messageExample.rev } });

export type EditMessageDto = z.output<typeof editMessageSchema>;
