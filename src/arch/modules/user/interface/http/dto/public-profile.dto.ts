import { z } from 'zod';
import { DEMO_USERS } from '../../../../../common/domain/demo-data.js';
import { avatarUrlSchema } from '../../../../../common/interface/http/dto/avatar-url.dto.js';
import type { PublicProfile } from '../../../domain/models/profile.model.js';

const example = {
  id: DEMO_USERS[0].id,
  displayName: DEMO_USERS[0].displayName,
  bio: null,
  avatarUrl: null,
  createdAt: '2026-01-31T12:00:00.000Z',
};

export const publicProfileSchema = z
  .strictObject({
    id: z.uuid(),
    displayName: z.string(),
    bio: z.string().nullable(),
    avatarUrl: avatarUrlSchema,
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'PublicProfile', description: 'A user as others see it.', examples: [example] });

export const publicProfilePageSchema = z
  .strictObject({
    data: z.array(publicProfileSchema),
    nextCursor: z.string().nullable().meta({ description: 'For `?cursor=`; null at the end.' }),
  })
  .meta({ id: 'PublicProfilePage', examples: [{ data: [example], nextCursor: null }] });

export type PublicProfileDto = z.output<typeof publicProfileSchema>;
export type PublicProfilePageDto = z.output<typeof publicProfilePageSchema>;

export function toPublicProfileDto(profile: PublicProfile): PublicProfileDto {
  const { id, displayName, bio, avatarUrl, createdAt } = profile;
  return { id, displayName, bio, avatarUrl, createdAt: createdAt.toISOString() };
}
