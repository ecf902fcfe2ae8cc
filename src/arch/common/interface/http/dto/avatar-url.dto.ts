import { z } from 'zod';

/** The URL of a user's avatar, the same in every answer that contains one. */
export const avatarUrlSchema = z.string().nullable().meta({
  description:
    'The path of `GET /uploads/avatars/{name}` on this server, `{name}` being its last segment; null without an avatar.',
});
