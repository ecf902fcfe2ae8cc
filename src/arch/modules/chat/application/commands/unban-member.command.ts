import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { requireGroup, requireMembership } from '../../domain/services/membership.policy.js';
import { requireRightOverOthers } from '../../domain/services/role.policy.js';
import { requireAccessUnlessThread } from '../../domain/services/thread.policy.js';
import { BanRepositoryPort } from '../ports/ban-repository.port.js';
import { ConversationChangePort } from '../ports/conversation-change.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';

/** Lifts a ban; the user is not a member again. */
export class UnbanMemberCommand extends Command<void> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly userId: string,
  ) {
    super();
  }
}

@CommandHandler(UnbanMemberCommand)
export class UnbanMemberHandler implements ICommandHandler<UnbanMemberCommand> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly changes: ConversationChangePort,
    private readonly bans: BanRepositoryPort,
  ) {}

  async execute({ conversationId, requesterId, userId }: UnbanMemberCommand): Promise<void> {
    await requireAccessUnlessThread(conversationId, requesterId, this.conversations, this.members);
    await this.changes.change(conversationId, requesterId, async ({ conversation, actorRole }) => {
      const role = requireMembership(actorRole);
      requireGroup(conversation);
      requireRightOverOthers('banMember', role);
      await this.bans.deleteBan(conversationId, userId);
      return [];
    });
  }
}
