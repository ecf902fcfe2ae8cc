import { z } from 'zod';
import { roomSchema } from './room.dto.js';

/** A `seq` past the end means the end. */
export const markReadEventSchema = roomSchema.extend({ seq: z.int().nonnegative() });

export type MarkReadEventDto = z.output<typeof markReadEventSchema>;
