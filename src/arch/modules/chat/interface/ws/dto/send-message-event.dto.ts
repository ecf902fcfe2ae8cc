import type { z } from 'zod';
import { sendMessageSchema } from '../../http/dto/send-message.dto.js';
import { roomSchema } from './room.dto.js';

/** As the body over HTTP, with the conversation that is in the path there. */
export const sendMessageEventSchema = roomSchema.extend(sendMessageSchema.shape);

export type SendMessageEventDto = z.output<typeof sendMessageEventSchema>;
