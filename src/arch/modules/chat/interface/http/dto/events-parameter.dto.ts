import { z } from 'zod';

/** `?events=true`: old clients do not send it, and are answered as ever. */
export const eventsParameter = z.enum(['true', 'false']).optional().meta({
  description: 'Whether changes of members and settings are answered, too, as `events`.',
});

/** `?rev=true`, likewise. */
export const revParameter = z.enum(['true', 'false']).optional().meta({
  description: 'Whether the head of the conversation is answered, too, as `rev`.',
});
