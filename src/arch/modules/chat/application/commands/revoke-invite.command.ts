import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { requireGroup, requireMembership } from '../../domain/services/membership.policy.js';
import { requireRight } from '../../domain/services/role.policy.js';
import { requireAccessUnlessThread } from '../../domain/services/thread.policy.js';
import { ConversationChangePort } from '../ports/conversation-change.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { InviteRepositoryPort } from '../ports/invite-repository.port.js';

/** Ends an invite, whoever has made it; without one it changes nothing. */
export class RevokeInviteCommand extends Command<void> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly inviteId: string,
  ) {
    super();
  }
}

@CommandHandler(RevokeInviteCommand)
export class RevokeInviteHandler implements ICommandHandler<RevokeInviteCommand> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly changes: ConversationChangePort,
    private readonly invites: InviteRepositoryPort,
  ) {}

  async execute({ conversationId, requesterId, inviteId }: RevokeInviteCommand): Promise<void> {
    await requireAccessUnlessThread(conversationId, requesterId, this.conversations, this.members);
    await this.changes.change(conversationId, requesterId, async ({ conversation, actorRole }) => {
      const role = requireMembership(actorRole);
      requireGroup(conversation);
      requireRight('invite', role, 'conversation');
      await this.invites.deleteInvite(conversationId, inviteId);
      return [];
    });
  }
}
