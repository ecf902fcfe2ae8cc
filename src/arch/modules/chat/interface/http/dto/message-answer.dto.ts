import { z } from 'zod';
import type { ReadMessage } from '../../../domain/models/read-message.model.js';
import { messageExample } from './examples.js';
import { messageSchema, toMessageDto } from './message.dto.js';
import { ownField, toOwnDto } from './own-reactions.dto.js';

/** One message. What is the reader's alone comes beside it, never in it. */
export const messageAnswerSchema = z
  .strictObject({ message: messageSchema, own: ownField })
  .meta({ id: 'MessageAnswer', examples: [{ message: messageExample }] });

export type MessageAnswerDto = z.output<typeof messageAnswerSchema>;

export function toMessageAnswerDto(message: ReadMessage): MessageAnswerDto {
  return { message: toMessageDto(message), ...toOwnDto([message]) };
}
