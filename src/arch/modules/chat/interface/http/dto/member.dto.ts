import { z } from 'zod';
import type { ConversationMember } from '../../../domain/models/conversation-member.model.js';

export const roleSchema = z.enum(['owner', 'admin', 'member']);

export const memberSchema = z
  .strictObject({
    userId: z.uuid(),
    displayName: z.string(),
    avatarUrl: z.string().nullable(),
    role: roleSchema,
    joinedAt: z.iso.datetime(),
    lastReadSeq: z.int().nonnegative(),
  })
  .meta({
    id: 'Member',
    examples: [
      {
        userId: '0199d0a2-6c1e-7000-8000-000000000001',
        displayName: 'Ada',
        avatarUrl: null,
        role: 'owner',
        joinedAt: '2026-01-31T12:00:00.000Z',
        lastReadSeq: 1,
      },
    ],
  });

export type MemberDto = z.output<typeof memberSchema>;

export function toMemberDto(member: ConversationMember): MemberDto {
  return { ...member, joinedAt: member.joinedAt.toISOString() };
}
