import { atPath, refuseFaults, visibleTextFaults } from '../../../../common/domain/texts.js';

/** Maximum code points of a ban's reason. */
export const REASON_MAX = 255;

/** What a ban says besides whom it is about. */
export interface BanDraft {
  /** When it expires; null when it does not. */
  readonly until: Date | null;
  readonly reason: string | null;
}

/** Keeps a user out of a conversation: nobody can add that user, no invite lets it in. */
export interface Ban extends BanDraft {
  readonly userId: string;
  readonly displayName: string;
  readonly avatarUrl: string | null;
  readonly bannedBy: string;
  readonly createdAt: Date;
}

/** Checks the rules for a ban, whatever its origin. */
export function draftBan(draft: BanDraft): BanDraft {
  if (draft.reason !== null) refuseFaults(atPath('reason', visibleTextFaults(draft.reason, REASON_MAX)));
  return draft;
}
