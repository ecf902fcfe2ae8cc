import { Injectable } from '@nestjs/common';
import type { AccountDeparturePort } from './ports/account-departure.port.js';
import { departure } from '../domain/models/conversation-change.model.js';
import { ConversationChangePort } from './ports/conversation-change.port.js';
import { ConversationMemberRepositoryPort } from './ports/conversation-member-repository.port.js';

@Injectable()
export class AccountDeparture implements AccountDeparturePort {
  constructor(
    private readonly members: ConversationMemberRepositoryPort,
    private readonly changes: ConversationChangePort,
  ) {}

  /**
   * Uses one transaction for each conversation: after an interruption some have been left, and a repeat leaves the
   * others.
   */
  async leaveAllConversations(userId: string): Promise<void> {
    for (const id of await this.members.findIdsOfUser(userId)) await this.leaveConversation(id, userId);
  }

  private async leaveConversation(id: string, userId: string): Promise<void> {
    await this.changes.change(id, userId, async ({ actorRole }) => {
      if (actorRole === null) return [];
      const heirId = actorRole === 'owner' ? await this.members.findHeir(id, userId) : null;
      return [departure(userId, heirId)];
    });
  }
}
