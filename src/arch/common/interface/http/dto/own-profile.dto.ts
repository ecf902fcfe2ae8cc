import { z } from 'zod';
import { avatarUrlSchema } from './avatar-url.dto.js';

export const ownProfileExample = {
  id: '0199d0a2-6c1e-7000-8000-000000000001',
  email: 'ada@example.com',
  displayName: 'Ada',
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
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'OwnProfile', examples: [ownProfileExample] });

export type OwnProfileDto = z.output<typeof ownProfileSchema>;

type OwnProfile = Omit<OwnProfileDto, 'createdAt' | 'updatedAt'> & {
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

export function toOwnProfileDto({ createdAt, updatedAt, ...user }: OwnProfile): OwnProfileDto {
  return { ...user, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
