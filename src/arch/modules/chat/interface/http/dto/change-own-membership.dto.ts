import { z } from 'zod';
import { instant } from '../../../../../common/interface/validation/instant.schema.js';
import type { MembershipChange } from '../../../domain/models/own-membership.model.js';

export const changeOwnMembershipSchema = z
  .strictObject({
    notify: z.enum(['all', 'mentions', 'none']).optional(),
    mutedUntil: instant
      .nullable()
      .optional()
      .meta({ description: 'Null unmutes; a time far away mutes for good.' }),
    pinned: z.boolean().optional(),
    archived: z.boolean().optional(),
    lastReadSeq: z.int().nonnegative().optional().meta({
      description:
        'Your own read position. A lower one marks the messages after it as unread, which nobody else sees; a higher one is what `mark_read` does. Past the end means the end.',
    }),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'must change something')
  .meta({ id: 'ChangeOwnMembership', examples: [{ notify: 'mentions', pinned: true }] });

export type ChangeOwnMembershipDto = z.output<typeof changeOwnMembershipSchema>;

export function toMembershipChange({ mutedUntil, ...change }: ChangeOwnMembershipDto): MembershipChange {
  return { ...change, mutedUntil: typeof mutedUntil === 'string' ? new Date(mutedUntil) : mutedUntil };
}
