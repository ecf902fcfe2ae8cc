import { z } from 'zod';
import { DEMO_USERS } from '../../../domain/demo-data.js';
import { avatarUrlSchema } from './avatar-url.dto.js';

export const ownProfileExample = {
  ...DEMO_USERS[0],
  bio: null,
  avatarUrl: null,
  createdAt: '2026-01-31T12:00:00.000Z',
  updatedAt: '2026-01-31T12:00:00.000Z',
};

export const ownProfileSchema = z
  .strictObject({
    id: z.uuid(),
    email: z.email(),
    displayName: z.string(),
    bio: z.string().nullable(),
    avatarUrl: avatarUrlSchema,
    addableBy: z.enum(['contacts', 'nobody']).optional().meta({
      description:
        'Who may add you to a group, or open a direct conversation with you; absent when everyone may.',
    }),
    presence: z
      .enum(['contacts', 'nobody'])
      .optional()
      .meta({ description: 'Who sees whether you are online; absent for everyone.' }),
    readReceipts: z
      .literal(false)
      .optional()
      .meta({ description: 'False when nobody sees how far you have read, nor you how far others have.' }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'OwnProfile', description: 'Your own account.', examples: [ownProfileExample] });

export type OwnProfileDto = z.output<typeof ownProfileSchema>;

type OwnProfile = Omit<
  OwnProfileDto,
  'addableBy' | 'presence' | 'readReceipts' | 'createdAt' | 'updatedAt'
> & {
  readonly readReceipts: boolean;
  readonly addableBy: 'everyone' | 'contacts' | 'nobody';
  readonly presence: 'everyone' | 'contacts' | 'nobody';
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

export function toOwnProfileDto(user: OwnProfile): OwnProfileDto {
  const { id, email, displayName, bio, avatarUrl, addableBy, presence, readReceipts } = user;
  return {
    id,
    email,
    displayName,
    bio,
    avatarUrl,
    ...(addableBy !== 'everyone' && { addableBy }),
    ...(presence !== 'everyone' && { presence }),
    ...(!readReceipts && { readReceipts }),
    createdAt: user.createdAt.toISOString(),
    updatedAt: user.updatedAt.toISOString(),
  };
}
