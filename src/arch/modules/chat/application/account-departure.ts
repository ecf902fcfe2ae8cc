import { Injectable } from '@nestjs/common';
import { ConversationNotFoundError } from '../domain/errors/conversation-not-found.error.js';
import { MembershipEnd } from './membership-end.js';
import { ConversationChangePort } from './ports/conversation-change.port.js';
import { ConversationMemberRepositoryPort } from './ports/conversation-member-repository.port.js';

/**
 * Ends every membership of a user whose account is being deleted. Each takes a `rev` of its conversation; where the user
 * was the owner, `chooseHeir` decides who becomes it.
 */
@Injectable()
export class AccountDeparture {
  constructor(
    private readonly members: ConversationMemberRepositoryPort,
    private readonly changes: ConversationChangePort,
    private readonly ends: MembershipEnd,
  ) {}

  /**
   * Uses one transaction for each conversation: after an interruption some have been left, and a repeat leaves the
   * others. Idempotent.
   */
  async leaveAllConversations(userId: string): Promise<void> {
    for (const id of await this.members.findIdsOfUser(userId)) await this.leaveConversation(id, userId);
  }

  /** One that was deleted meanwhile has no members any more. */
  private async leaveConversation(id: string, userId: string): Promise<void> {
    try {
      await this.changes.change(id, userId, async (found) => {
        if (found.actorRole === null) return [];
        return this.ends.decideChanges(found, userId, found.actorRole, 'account_deleted');
      });
    } catch (error) {
      if (!(error instanceof ConversationNotFoundError)) throw error;
    }
  }
}
