import { z } from 'zod';
import type { MembershipChange } from '../../../domain/models/own-membership.model.js';

/** Before it a time is a mistake, and its year may not fit the database. */
const YEAR_ONE = '1970';

export const changeOwnMembershipSchema = z
  .strictObject({
    notify: z.enum(['all', 'mentions', 'none']).optional(),
    mutedUntil: z.iso
      .datetime()
      .refine((time) => time >= YEAR_ONE, 'must be in 1970 or later')
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
