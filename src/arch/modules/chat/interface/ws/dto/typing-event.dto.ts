import { z } from 'zod';
import { roomSchema } from './room.dto.js';

export const typingEventSchema = roomSchema.extend({ isTyping: z.boolean() });

export type TypingEventDto = z.output<typeof typingEventSchema>;
