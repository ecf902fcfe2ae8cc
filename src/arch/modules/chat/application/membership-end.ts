import { Injectable } from '@nestjs/common';
import {
  type ConversationChange,
  conversationDeletion,
  type LockedConversation,
  memberRemoval,
  type RemovalReason,
} from '../domain/models/conversation-change.model.js';
import type { MemberRole } from '../domain/models/conversation-member.model.js';
import { chooseHeir } from '../domain/services/inheritance.policy.js';
import { ConversationMemberRepositoryPort } from './ports/conversation-member-repository.port.js';

/**
 * Decides what else changes when a membership ends, for whatever reason: `chooseHeir` names the new owner of a group, and
 * the end of the last membership deletes the conversation.
 */
@Injectable()
export class MembershipEnd {
  constructor(private readonly members: ConversationMemberRepositoryPort) {}

  /** Call it behind the conversation's lock. */
  async decideChanges(
    { conversation: { id, type, memberCount } }: LockedConversation,
    userId: string,
    role: MemberRole,
    reason: RemovalReason,
  ): Promise<readonly ConversationChange[]> {
    if (memberCount === 1) return [conversationDeletion([userId])];
    const needsHeir = role === 'owner' && type === 'group';
    const others = needsHeir ? await this.members.findOldestOfEachRole(id, userId) : [];
    return [memberRemoval(userId, reason, chooseHeir(others))];
  }
}
