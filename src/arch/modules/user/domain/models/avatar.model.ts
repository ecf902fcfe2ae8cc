/** Accepted image types, detected from the content, and the extension of the file. */
export const AVATAR_TYPES = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const;

export type AvatarType = keyof typeof AVATAR_TYPES;

const FOLDER = '/uploads/avatars/';

/** The URL of the avatar with this file name. */
export function avatarUrl(name: string): string {
  return `${FOLDER}${name}`;
}

/** The file name in an avatar's URL. */
export function avatarName(url: string): string {
  return url.slice(FOLDER.length);
}
