import { z } from 'zod';

export const ownProfileSchema = z
  .strictObject({
    id: z.uuid(),
    email: z.email(),
    displayName: z.string(),
    bio: z.string().nullable(),
    avatarUrl: z.string().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'OwnProfile' });

export type OwnProfileDto = z.output<typeof ownProfileSchema>;

type OwnProfile = Omit<OwnProfileDto, 'createdAt' | 'updatedAt'> & {
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

export function toOwnProfileDto({ createdAt, updatedAt, ...user }: OwnProfile): OwnProfileDto {
  return { ...user, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
