import { z } from 'zod';

/** Where the avatar of a user is, in every answer that shows one. */
export const avatarUrlSchema = z.string().nullable().meta({
  description:
    'The path of `GET /uploads/avatars/{name}` on this server, `{name}` being its last segment; null without an avatar.',
});
