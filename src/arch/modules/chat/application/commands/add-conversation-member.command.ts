import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UserRepositoryPort } from '../../../user/application/ports/user-repository.port.js';
import { UserNotFoundError } from '../../../../common/domain/errors/user-not-found.error.js';
import type { ConversationMember } from '../../domain/models/conversation-member.model.js';
import {
  canAccessConversation,
  requireRightToAddMember,
  requireConversationExists,
} from '../../domain/services/membership.policy.js';
import { ChatPublisherPort } from '../ports/chat-publisher.port.js';
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
    private readonly users: UserRepositoryPort,
    private readonly live: ChatPublisherPort,
  ) {}

  async execute({
    conversationId,
    requesterId,
    userId,
  }: AddConversationMemberCommand): Promise<ConversationMember> {
    await requireConversationExists(conversationId, this.conversations);
    await canAccessConversation(conversationId, requesterId, this.members);
    requireRightToAddMember(await this.members.findRole(conversationId, requesterId));
    await this.requireUser(userId);
    const { member, conversation, rev } = await this.members.addMember(conversationId, requesterId, userId);
    this.live.publish({ kind: 'member_added', conversationId, rev, member });
    this.live.publish({ kind: 'conversation_added', userId, conversation });
    return member;
  }

  private async requireUser(id: string): Promise<void> {
    const unknown = await this.users.findUnknown([id]);
    if (unknown.length > 0) throw new UserNotFoundError();
  }
}
