import { z } from 'zod';
import { DEMO_USERS } from '../../../../../common/domain/demo-data.js';
import { avatarUrlSchema } from '../../../../../common/interface/http/dto/avatar-url.dto.js';
import type { BlockedUser } from '../../../domain/models/blocked-user.model.js';

const example = {
  userId: DEMO_USERS[2].id,
  displayName: DEMO_USERS[2].displayName,
  avatarUrl: null,
  blockedAt: '2026-01-31T12:00:00.000Z',
};

const blockedUserSchema = z
  .strictObject({
    userId: z.uuid(),
    displayName: z.string(),
    avatarUrl: avatarUrlSchema,
    blockedAt: z.iso.datetime(),
  })
  .meta({ id: 'BlockedUser', examples: [example] });

export const blockedUserPageSchema = z
  .strictObject({
    data: z.array(blockedUserSchema).meta({ description: 'In the order of ids.' }),
    nextCursor: z.string().nullable().meta({ description: 'For `?cursor=`; null at the end.' }),
  })
  .meta({ id: 'BlockedUserPage', examples: [{ data: [example], nextCursor: null }] });

export type BlockedUserPageDto = z.output<typeof blockedUserPageSchema>;

interface BlockedUserPage {
  readonly data: readonly BlockedUser[];
  readonly nextCursor: string | null;
}

export function toBlockedUserPageDto({ data, nextCursor }: BlockedUserPage): BlockedUserPageDto {
  return {
    data: data.map(({ userId, displayName, avatarUrl, blockedAt }) => ({
      userId,
      displayName,
      avatarUrl,
      blockedAt: blockedAt.toISOString(),
    })),
    nextCursor,
  };
}
