import { z } from 'zod';
import type { Message } from '../../../domain/models/message.model.js';

const example = {
  id: '0199d0a2-6c1e-7000-8000-0000000000a1',
  conversationId: '0199d0a2-6c1e-7000-8000-0000000000c1',
  senderId: '0199d0a2-6c1e-7000-8000-000000000001',
  sender: { id: '0199d0a2-6c1e-7000-8000-000000000001', displayName: 'Ada', avatarUrl: null },
  content: 'Hello!',
  createdAt: '2026-01-31T12:00:00.000Z',
  seq: 1,
  rev: 1,
  clientMessageId: null,
  editedAt: null,
  deletedAt: null,
};

export const messageSchema = z
  .strictObject({
    id: z.uuid(),
    conversationId: z.uuid(),
    senderId: z.uuid(),
    sender: z.strictObject({ id: z.uuid(), displayName: z.string(), avatarUrl: z.string().nullable() }),
    content: z.string().meta({ description: 'Exactly as sent.' }),
    createdAt: z.iso.datetime(),
    seq: z.int().positive().meta({ description: 'The place in the conversation: 1, 2, 3 … without holes.' }),
    rev: z
      .int()
      .positive()
      .meta({ description: "The conversation's change that stored or last altered it." }),
    clientMessageId: z.string().nullable(),
    editedAt: z.iso.datetime().nullable(),
    deletedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Message', examples: [example] });

export type MessageDto = z.output<typeof messageSchema>;

export function toMessageDto(message: Message): MessageDto {
  return {
    ...message,
    createdAt: message.createdAt.toISOString(),
    editedAt: message.editedAt?.toISOString() ?? null,
    deletedAt: message.deletedAt?.toISOString() ?? null,
  };
}
