import { z } from 'zod';
import { uuid } from '../../../../../common/interface/validation/uuid.schema.js';

export const roomSchema = z.strictObject({ conversationId: uuid });

export type RoomDto = z.output<typeof roomSchema>;
