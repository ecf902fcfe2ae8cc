import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { conversationDeletion } from '../../domain/models/conversation-change.model.js';
import { requireGroup, requireMembership } from '../../domain/services/membership.policy.js';
import { requireRight } from '../../domain/services/role.policy.js';
import { requireAccessUnlessThread } from '../../domain/services/thread.policy.js';
import { ConversationChangePort } from '../ports/conversation-change.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';

/** Deletes a group for all its members. */
export class DeleteConversationCommand extends Command<void> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
  ) {
    super();
  }
}

@CommandHandler(DeleteConversationCommand)
export class DeleteConversationHandler implements ICommandHandler<DeleteConversationCommand> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly changes: ConversationChangePort,
  ) {}

  async execute({ conversationId, requesterId }: DeleteConversationCommand): Promise<void> {
    await requireAccessUnlessThread(conversationId, requesterId, this.conversations, this.members);
    await this.changes.change(conversationId, requesterId, async ({ conversation, actorRole }) => {
      const role = requireMembership(actorRole);
      requireGroup(conversation);
      requireRight('deleteConversation', role, 'conversation');
      return [conversationDeletion(await this.members.findIdsOfMembers(conversationId))];
    });
  }
}
