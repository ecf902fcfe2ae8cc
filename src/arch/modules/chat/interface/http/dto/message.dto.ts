import { z } from 'zod';
import { avatarUrlSchema } from '../../../../../common/interface/http/dto/avatar-url.dto.js';
import type { Message } from '../../../domain/models/message.model.js';
import { messageExample } from './examples.js';

export const messageSchema = z
  .strictObject({
    id: z.uuid(),
    conversationId: z.uuid(),
    senderId: z.uuid(),
    sender: z.strictObject({ id: z.uuid(), displayName: z.string(), avatarUrl: avatarUrlSchema }),
    content: z.string().meta({ description: 'Exactly as sent.' }),
    createdAt: z.iso.datetime(),
    seq: z.int().min(1).meta({ description: 'The position in the conversation: 1, 2, 3 … without holes.' }),
    rev: z.int().min(1).meta({
      description: "The `rev` of the conversation's change that stored the message, or last altered it.",
    }),
    clientMessageId: z.string().nullable(),
    editedAt: z.iso.datetime().nullable(),
    deletedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Message', examples: [messageExample] });

export type MessageDto = z.output<typeof messageSchema>;

export function toMessageDto(message: Message): MessageDto {
  const { sender } = message;
  return {
    id: message.id,
    conversationId: message.conversationId,
    senderId: message.senderId,
    sender: { id: sender.id, displayName: sender.displayName, avatarUrl: sender.avatarUrl },
    content: message.content,
    createdAt: message.createdAt.toISOString(),
    seq: message.seq,
    rev: message.rev,
    clientMessageId: message.clientMessageId,
    editedAt: message.editedAt?.toISOString() ?? null,
    deletedAt: message.deletedAt?.toISOString() ?? null,
  };
}

/** In a list `sender` comes last: answers to old clients stay byte for byte the same. */
export function toListedMessageDto(message: Message): MessageDto {
  const { sender, ...rest } = toMessageDto(message);
  return { ...rest, sender };
}
