import { z } from 'zod';

export const joinAllEventSchema = z.strictObject({}).optional();

export type JoinAllEventDto = z.output<typeof joinAllEventSchema>;
