import { z } from 'zod';

/** `?events=true`: old clients do not send it, and are answered as ever. */
export const eventsParameter = z.enum(['true', 'false']).optional().meta({
  description: 'Whether changes of members and settings are answered, too, as `events`.',
});

/** `?reads=true`, likewise. */
export const readsParameter = z.enum(['true', 'false']).optional().meta({
  description:
    'Whether the read positions that others have moved after `since` are answered, too, as `reads`. One request after an interruption is enough, with the `since` from before it.',
});

/** `?rev=true`, likewise. */
export const revParameter = z.enum(['true', 'false']).optional().meta({
  description: 'Whether the head of the conversation is answered, too, as `rev`.',
});
