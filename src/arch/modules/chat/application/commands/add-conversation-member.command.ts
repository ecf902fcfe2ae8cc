import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ConversationMember } from '../../domain/models/conversation-member.model.js';
import { memberAddition, type StoredChange } from '../../domain/models/conversation-change.model.js';
import {
  canAccessConversation,
  requireRightToAddMember,
  requireConversationExists,
  requireAccount,
  requireMembership,
  requireNoMembership,
  requirePlace,
} from '../../domain/services/membership.policy.js';
import { ConversationChangePort } from '../ports/conversation-change.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';

export class AddConversationMemberCommand extends Command<ConversationMember> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly userId: string,
  ) {
    super();
  }
}

@CommandHandler(AddConversationMemberCommand)
export class AddConversationMemberHandler implements ICommandHandler<AddConversationMemberCommand> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly changes: ConversationChangePort,
  ) {}

  /** Only members get to wait for the conversation's lock; everything else is decided behind it. */
  async execute(command: AddConversationMemberCommand): Promise<ConversationMember> {
    const { conversationId, requesterId, userId } = command;
    await requireConversationExists(conversationId, this.conversations);
    await canAccessConversation(conversationId, requesterId, this.members);
    const [added] = await this.changes.change(
      conversationId,
      requesterId,
      ({ conversation, actorRole, subjects }) => {
        requireMembership(actorRole);
        requireRightToAddMember(actorRole);
        requireNoMembership(requireAccount(userId, subjects));
        requirePlace(conversation);
        return [memberAddition(userId, 'member')];
      },
      [userId],
    );
    return (added as StoredChange<'member_added'>).result.member;
  }
}
