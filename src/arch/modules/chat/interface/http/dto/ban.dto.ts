import { z } from 'zod';
import { DEMO_USERS } from '../../../../../common/domain/demo-data.js';
import { avatarUrlSchema } from '../../../../../common/interface/http/dto/avatar-url.dto.js';
import { instant } from '../../../../../common/interface/validation/instant.schema.js';
import { visibleText } from '../../../../../common/interface/validation/text.schema.js';
import { type Ban, type BanDraft, REASON_MAX } from '../../../domain/models/ban.model.js';

const [{ id: bannedBy }, { id: userId, displayName }] = DEMO_USERS;
const banExample = {
  userId,
  displayName,
  avatarUrl: null,
  bannedBy,
  createdAt: '2026-01-31T12:00:00.000Z',
  reason: 'Advertising',
};

const banSchema = z
  .strictObject({
    userId: z.uuid(),
    displayName: z.string(),
    avatarUrl: avatarUrlSchema,
    bannedBy: z.uuid(),
    createdAt: z.iso.datetime(),
    until: z.iso.datetime().optional().meta({ description: 'Absent: until it is lifted.' }),
    reason: z.string().optional(),
  })
  .meta({ id: 'Ban', examples: [banExample] });

export const banPageSchema = z
  .strictObject({
    data: z.array(banSchema).meta({ description: 'In the order of the ids of the users.' }),
    nextCursor: z.string().nullable().meta({ description: 'For `?cursor=`; null at the end.' }),
  })
  .meta({ id: 'BanPage', examples: [{ data: [banExample], nextCursor: null }] });

export const banMemberSchema = z
  .strictObject({
    until: instant.optional().meta({ description: 'When it expires; absent: when it is lifted.' }),
    reason: visibleText(REASON_MAX).optional(),
  })
  .meta({ id: 'BanMember', examples: [{ reason: 'Advertising' }] });

export type BanMemberDto = z.output<typeof banMemberSchema>;
type BanDto = z.output<typeof banSchema>;
export type BanPageDto = z.output<typeof banPageSchema>;

export function toBanDraft({ until, reason }: BanMemberDto): BanDraft {
  return { until: until === undefined ? null : new Date(until), reason: reason ?? null };
}

function toBanDto(ban: Ban): BanDto {
  return {
    userId: ban.userId,
    displayName: ban.displayName,
    avatarUrl: ban.avatarUrl,
    bannedBy: ban.bannedBy,
    createdAt: ban.createdAt.toISOString(),
    ...(ban.until && { until: ban.until.toISOString() }),
    ...(ban.reason !== null && { reason: ban.reason }),
  };
}

export function toBanPageDto(page: { data: readonly Ban[]; nextCursor: string | null }): BanPageDto {
  const { data, nextCursor } = page;
  return { data: data.map(toBanDto), nextCursor };
}
