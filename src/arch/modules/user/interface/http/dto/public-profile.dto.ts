import { z } from 'zod';
import { avatarUrlSchema } from '../../../../../common/interface/http/dto/avatar-url.dto.js';
import type { PublicProfile } from '../../../domain/models/profile.model.js';

const example = {
  id: '0199d0a2-6c1e-7000-8000-000000000001',
  displayName: 'Ada',
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
  .meta({ id: 'PublicProfile', examples: [example] });

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
