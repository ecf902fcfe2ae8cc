import { z } from 'zod';
import { avatarUrlSchema } from '../../../../../common/interface/http/dto/avatar-url.dto.js';
import type { Message, MessageSender } from '../../../domain/models/message.model.js';
import { messageExample } from './examples.js';
import { detailsShape, isPlain, toDetailsDto } from './message-details.dto.js';
import { prevRevSchema } from './prev-rev.dto.js';

/** How the author of a message, or the other member of a direct conversation, is shown. */
export const senderSchema = z.strictObject({
  id: z.uuid(),
  displayName: z.string(),
  avatarUrl: avatarUrlSchema,
});

export const messageSchema = z
  .strictObject({
    id: z.uuid(),
    conversationId: z.uuid(),
    senderId: z.uuid(),
    sender: senderSchema,
    content: z.string().meta({ description: 'Exactly as sent.' }),
    createdAt: z.iso.datetime(),
    seq: z.int().min(1).meta({ description: 'The position in the conversation: 1, 2, 3 … without holes.' }),
    rev: z.int().min(1).meta({
      description: "The `rev` of the conversation's change that stored the message, or last altered it.",
    }),
    clientMessageId: z.string().nullable(),
    editedAt: z.iso.datetime().nullable(),
    deletedAt: z.iso.datetime().nullable(),
    ...detailsShape,
  })
  .meta({ id: 'Message', description: 'A message, in its latest state.', examples: [messageExample] });

/** As live events and the changes with events show it. */
export const positionedMessageSchema = messageSchema.extend({ prevRev: prevRevSchema }).meta({
  id: 'PositionedMessage',
  description: 'A message with its place among the changes.',
  examples: [messageExample],
});

export type MessageDto = z.output<typeof messageSchema>;

export function toSenderDto({ id, displayName, avatarUrl }: MessageSender): z.output<typeof senderSchema> {
  return { id, displayName, avatarUrl };
}

export function toMessageDto(message: Message): MessageDto {
  const plain = {
    id: message.id,
    conversationId: message.conversationId,
    senderId: message.senderId,
    sender: toSenderDto(message.sender),
    content: message.content,
    createdAt: message.createdAt.toISOString(),
    seq: message.seq,
    rev: message.rev,
    clientMessageId: message.clientMessageId,
    editedAt: message.editedAt?.toISOString() ?? null,
    deletedAt: message.deletedAt?.toISOString() ?? null,
  };
  return isPlain(message) ? plain : { ...plain, ...toDetailsDto(message) };
}

/** In a list `sender` comes last: answers to old clients stay byte for byte the same. */
export function toListedMessageDto(message: Message): MessageDto {
  const { sender, ...rest } = toMessageDto(message);
  return { ...rest, sender };
}
