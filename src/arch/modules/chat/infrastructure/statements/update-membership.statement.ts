import { type SQL, sql } from 'drizzle-orm';
import { conversationMembers } from '../../../../common/infrastructure/database/schema.js';
import type { ChangedMembership } from '../../application/ports/own-membership.port.js';
import { changedSettings, type MembershipChange } from '../../domain/models/own-membership.model.js';

type Values = {
  readonly [Column in keyof typeof conversationMembers.$inferInsert]?:
    | (typeof conversationMembers.$inferInsert)[Column]
    | SQL;
};

const sinceNow = (begins: boolean) => (begins ? sql`clock_timestamp()` : null);

/** The new values of a membership's row; null when nothing changes. */
export function updateMembership(
  { me, lastReadSeq: shared }: ChangedMembership,
  change: MembershipChange,
): Values | null {
  const { pinned, archived, ...settings } = changedSettings(me, change);
  const wanted = Math.max(change.lastReadSeq ?? me.lastReadSeq, me.visibleFromSeq - 1);
  const isBack = wanted < me.lastReadSeq;
  const values: Values = {
    ...settings,
    ...(pinned !== undefined && { pinnedAt: sinceNow(pinned) }),
    ...(archived !== undefined && { archivedAt: sinceNow(archived) }),
    ...(isBack && { unreadFromSeq: wanted + 1, unreadAtSeq: shared }),
  };
  if (Object.keys(values).length === 0) return null;
  // `me.version` is this and the own position: it rises by one whatever the position loses.
  const raised = isBack ? me.lastReadSeq - wanted + 1 : 1;
  return { ...values, version: sql`${conversationMembers.version} + ${raised}` };
}
