import type { MemberRole } from './conversation-member.model.js';

type NotifyLevel = 'all' | 'mentions' | 'none';

/** A membership as its member sees it; nobody else is shown more than the role and when it began. */
export interface OwnMembership {
  readonly role: MemberRole;
  readonly joinedAt: Date;
  /** The own read position: unlike what others are shown, it may have gone back. */
  readonly lastReadSeq: number;
  readonly unreadCount: number;
  /** Of the unread messages, those that mention the member or everybody; at most 100 are counted. */
  readonly mentionCount: number;
  /** The first message that the member sees. */
  readonly visibleFromSeq: number;
  readonly notify: NotifyLevel;
  readonly mutedUntil: Date | null;
  readonly pinnedAt: Date | null;
  readonly archivedAt: Date | null;
  /** Higher after each change of the membership; `lastReadSeq` when nothing else has changed. */
  readonly version: number;
}

interface StoredMembership extends Omit<OwnMembership, 'lastReadSeq' | 'unreadCount'> {
  readonly ownReadSeq: number;
}

/** Given fields are changed. */
export interface MembershipChange {
  readonly notify?: NotifyLevel | undefined;
  /** Null unmutes. */
  readonly mutedUntil?: Date | null | undefined;
  readonly pinned?: boolean | undefined;
  readonly archived?: boolean | undefined;
  /** The member's own read position. */
  readonly lastReadSeq?: number | undefined;
}

/** Of a membership that its member has not changed. */
export const UNCHANGED_MEMBERSHIP = {
  visibleFromSeq: 1,
  notify: 'all',
  mutedUntil: null,
  pinnedAt: null,
  archivedAt: null,
  version: 0,
  mentionCount: 0,
} as const;

/** @param lastSeq the conversation's newest message */
export function ownMembershipOf(
  { ownReadSeq, version, ...stored }: StoredMembership,
  lastSeq: number,
): OwnMembership {
  return {
    ...stored,
    lastReadSeq: ownReadSeq,
    unreadCount: Math.max(0, lastSeq - Math.max(ownReadSeq, stored.visibleFromSeq - 1)),
    version: version + ownReadSeq,
  };
}

/** The settings of a change that differ from the present ones; the read position is none of them. */
export function changedSettings(
  me: OwnMembership,
  { notify, mutedUntil, pinned, archived }: MembershipChange,
): Omit<MembershipChange, 'lastReadSeq'> {
  const mutes = mutedUntil !== undefined && mutedUntil?.getTime() !== me.mutedUntil?.getTime();
  return {
    ...(notify !== undefined && notify !== me.notify && { notify }),
    ...(mutes && { mutedUntil }),
    ...(pinned !== undefined && pinned !== (me.pinnedAt !== null) && { pinned }),
    ...(archived !== undefined && archived !== (me.archivedAt !== null) && { archived }),
  };
}
