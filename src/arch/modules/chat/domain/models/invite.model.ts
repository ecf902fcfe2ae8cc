import type { VisibleHistory } from './conversation-change.model.js';

/** Maximum seconds for which an invite is open. */
export const INVITE_SECONDS_MAX = 2_592_000;
/** Maximum people who join with one invite: a conversation has no room for more. */
export const INVITE_USES_MAX = 5_000;
/** Maximum open invites of a conversation. */
export const OPEN_INVITES_MAX = 50;

/** What the maker of an invite decides. */
export interface InviteDraft {
  /** Seconds from its creation until it expires: 1 to `INVITE_SECONDS_MAX`. */
  readonly expiresInSeconds: number;
  /** 1 to `INVITE_USES_MAX` */
  readonly maxUses: number;
  /** The part of the history that whoever joins with it sees. */
  readonly history: VisibleHistory;
}

/**
 * Lets whoever knows its token join a group. It ends when it is revoked or expires, when its maker is no longer owner or
 * admin, and with the last use, except that whoever has joined may use it again without effect.
 */
export interface Invite {
  readonly id: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly maxUses: number;
  readonly uses: number;
  readonly history: VisibleHistory;
}

/** An invite with its token, which is known only to who has made it: nothing stored yields it. */
export interface NewInvite extends Invite {
  readonly token: string;
}

/** What a token leads to. */
export interface FoundInvite {
  readonly id: string;
  readonly conversationId: string;
  readonly history: VisibleHistory;
  /** Whether nobody else can join with it. */
  readonly isSpent: boolean;
}
