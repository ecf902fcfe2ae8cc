import { z } from 'zod';
import type { Message } from '../../../domain/models/message.model.js';
import { messageExample } from './examples.js';
import { messageSchema, toMessageDto } from './message.dto.js';

/** One message. What is the reader's alone comes beside it, never in it. */
export const messageAnswerSchema = z
  .strictObject({ message: messageSchema })
  .meta({ id: 'MessageAnswer', examples: [{ message: messageExample }] });

export type MessageAnswerDto = z.output<typeof messageAnswerSchema>;

export function toMessageAnswerDto(message: Message): MessageAnswerDto {
  return { message: toMessageDto(message) };
}
