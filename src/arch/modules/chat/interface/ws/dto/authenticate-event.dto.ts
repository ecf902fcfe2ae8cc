import { z } from 'zod';

/** As long as a request header may be. */
const TOKEN_MAX = 16_384;

export const authenticateEventSchema = z.strictObject({ token: z.string().min(1).max(TOKEN_MAX) });

export type AuthenticateEventDto = z.output<typeof authenticateEventSchema>;
