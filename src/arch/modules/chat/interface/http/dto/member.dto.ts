import { z } from 'zod';
import { avatarUrlSchema } from '../../../../../common/interface/http/dto/avatar-url.dto.js';
import type { ConversationMember } from '../../../domain/models/conversation-member.model.js';
import { memberExample, otherMemberExample } from './examples.js';

export const roleSchema = z.enum(['owner', 'admin', 'member']);

export const memberSchema = z
  .strictObject({
    userId: z.uuid(),
    displayName: z.string(),
    avatarUrl: avatarUrlSchema,
    role: roleSchema,
    joinedAt: z.iso.datetime(),
    lastReadSeq: z.int().nonnegative().meta({
      description:
        'The `seq` up to which the member has read; 0 where it, or who is shown it, has switched `readReceipts` off.',
    }),
  })
  .meta({
    id: 'Member',
    description: 'A member of a conversation.',
    examples: [memberExample],
  });

export const memberPageSchema = z
  .strictObject({
    data: z.array(memberSchema).meta({ description: 'In the order of joining.' }),
    nextCursor: z.string().nullable().meta({ description: 'For `?cursor=`; null at the end.' }),
  })
  .meta({ id: 'MemberPage', examples: [{ data: [memberExample, otherMemberExample], nextCursor: null }] });

export type MemberPageDto = z.output<typeof memberPageSchema>;
export type MemberDto = z.output<typeof memberSchema>;

export function toMemberDto(member: ConversationMember): MemberDto {
  return {
    userId: member.userId,
    displayName: member.displayName,
    avatarUrl: member.avatarUrl,
    role: member.role,
    joinedAt: member.joinedAt.toISOString(),
    lastReadSeq: member.lastReadSeq,
  };
}
