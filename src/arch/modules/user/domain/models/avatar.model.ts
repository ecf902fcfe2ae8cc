/** What an avatar can be, by its content, and how its file ends. */
export const AVATAR_TYPES = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const;

export type AvatarType = keyof typeof AVATAR_TYPES;

const FOLDER = '/uploads/avatars/';

/** Where the avatar with this file name is served. */
export function avatarUrl(name: string): string {
  return `${FOLDER}${name}`;
}

/** The other way round. */
export function avatarName(url: string): string {
  return url.slice(FOLDER.length);
}
