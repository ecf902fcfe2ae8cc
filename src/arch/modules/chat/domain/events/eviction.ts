import type { ChangeKind, ChangeOf, StoredChange } from '../models/conversation-change.model.js';

/** The end of memberships: the sockets of former members leave the conversation's room. */
export interface Eviction {
  readonly conversationId: string;
  /** The change that ended the memberships. A socket that was let in by a later one stays. */
  readonly rev: number;
  /** The former member; null when all memberships have ended. */
  readonly userId: string | null;
}

type FormerMembers = {
  readonly [Kind in ChangeKind]: ((change: ChangeOf<Kind>) => Eviction['userId']) | null;
};

/** Whose membership each kind of change ends; null where none ends. */
const FORMER_MEMBERS: FormerMembers = {
  member_added: null,
  member_removed: ({ subjectId }) => subjectId,
  member_updated: null,
  conversation_updated: null,
  conversation_deleted: () => null,
};

/** The memberships that a change has ended; null when none has. */
export function evictionOf<Kind extends ChangeKind>({
  kind,
  conversationId,
  rev,
  change,
}: StoredChange<Kind>): Eviction | null {
  const formerMember: FormerMembers[Kind] = FORMER_MEMBERS[kind];
  return formerMember && { conversationId, rev, userId: formerMember(change) };
}
