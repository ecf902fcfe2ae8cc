import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Invite } from '../../domain/models/invite.model.js';
import { requireMembership } from '../../domain/services/membership.policy.js';
import { requireRight } from '../../domain/services/role.policy.js';
import { requireAccessUnlessThread } from '../../domain/services/thread.policy.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { InviteRepositoryPort } from '../ports/invite-repository.port.js';

/** The open invites, newest first, for those who may make some. */
export class ListInvitesQuery extends Query<readonly Invite[]> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
  ) {
    super();
  }
}

@QueryHandler(ListInvitesQuery)
export class ListInvitesHandler implements IQueryHandler<ListInvitesQuery> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly invites: InviteRepositoryPort,
  ) {}

  async execute({ conversationId, requesterId }: ListInvitesQuery): Promise<readonly Invite[]> {
    await requireAccessUnlessThread(conversationId, requesterId, this.conversations, this.members);
    const own = await this.members.findMember(conversationId, requesterId);
    requireRight('invite', requireMembership(own?.role ?? null), 'conversation');
    return this.invites.findOpenInvites(conversationId);
  }
}
