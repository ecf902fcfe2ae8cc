import type { FoundInvite, Invite, InviteDraft, NewInvite } from '../../domain/models/invite.model.js';

/**
 * Invites of conversations. An invite that has expired is as if it were not there, as is one whose maker is no longer
 * owner or admin: `ConversationChangePort` ends those. Tokens are stored as hashes only.
 */
export abstract class InviteRepositoryPort {
  /**
   * Call it behind the conversation's lock.
   * @param createdBy the owner or an admin
   */
  abstract createInvite(conversationId: string, createdBy: string, draft: InviteDraft): Promise<NewInvite>;
  /** Those with which somebody can still join. */
  abstract countOpenInvites(conversationId: string): Promise<number>;
  /** Those with which somebody can still join, newest first. */
  abstract findOpenInvites(conversationId: string): Promise<readonly Invite[]>;
  /** Revokes an invite of this conversation; without one it does nothing. */
  abstract deleteInvite(conversationId: string, inviteId: string): Promise<void>;
  /** Null for any text that is not the token of an invite. */
  abstract findInviteByToken(token: string): Promise<FoundInvite | null>;
  /**
   * Counts one more use, at the latest when another transaction that counts has ended.
   * @returns false when there is none left, or the invite has ended: then nothing is counted
   */
  abstract countUse(inviteId: string): Promise<boolean>;
}
