import { z } from 'zod';
import type { OwnMembership } from '../../../domain/models/own-membership.model.js';
import { conversationExample } from './examples.js';
import { roleSchema } from './member.dto.js';

/** The database function `mention_count` counts no further. */
const COUNTED_MAX = 100;

export const mentionCountSchema = z.int().min(1).max(COUNTED_MAX).optional().meta({
  description:
    'How many of the unread messages mention you or everybody; 100 stands for 100 or more. Absent: none.',
});

/** What is not there has its default: old clients are answered to the letter what they always were. */
export const ownMembershipSchema = z
  .strictObject({
    role: roleSchema,
    joinedAt: z.iso.datetime(),
    lastReadSeq: z.int().nonnegative(),
    unreadCount: z.int().nonnegative(),
    mentionCount: mentionCountSchema,
    visibleFromSeq: z
      .int()
      .min(2)
      .optional()
      .meta({ description: 'The first message that you see; absent when you see all.' }),
    notify: z.enum(['mentions', 'none']).optional().meta({ description: 'Absent: all.' }),
    mutedUntil: z.iso.datetime().optional(),
    pinnedAt: z.iso.datetime().optional(),
    archivedAt: z.iso.datetime().optional(),
    version: z.int().nonnegative().optional().meta({
      description:
        'Higher after each change of `me`: replace it when it is higher than yours. Absent: as `lastReadSeq`.',
    }),
  })
  .meta({
    id: 'OwnMembership',
    description: 'What a conversation is to you.',
    examples: [conversationExample.me],
  });

export type OwnMembershipDto = z.output<typeof ownMembershipSchema>;

export function toOwnMembershipDto(me: OwnMembership): OwnMembershipDto {
  const { visibleFromSeq, notify, version, lastReadSeq } = me;
  return {
    role: me.role,
    joinedAt: me.joinedAt.toISOString(),
    lastReadSeq,
    unreadCount: me.unreadCount,
    ...(me.mentionCount > 0 && { mentionCount: me.mentionCount }),
    ...(visibleFromSeq > 1 && { visibleFromSeq }),
    ...(notify !== 'all' && { notify }),
    ...(me.mutedUntil && { mutedUntil: me.mutedUntil.toISOString() }),
    ...(me.pinnedAt && { pinnedAt: me.pinnedAt.toISOString() }),
    ...(me.archivedAt && { archivedAt: me.archivedAt.toISOString() }),
    ...(version !== lastReadSeq && { version }),
  };
}
