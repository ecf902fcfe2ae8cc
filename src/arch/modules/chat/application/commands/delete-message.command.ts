import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { requireAccess, requireMembership } from '../../domain/services/membership.policy.js';
import { requireMessage, requireRightToMessage } from '../../domain/services/message-change.policy.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { MessageChangePort } from '../ports/message-change.port.js';

/** Deletes what a message says, for everybody; its place stays. */
export class DeleteMessageCommand extends Command<void> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly messageId: string,
  ) {
    super();
  }
}

@CommandHandler(DeleteMessageCommand)
export class DeleteMessageHandler implements ICommandHandler<DeleteMessageCommand> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly changes: MessageChangePort,
  ) {}

  async execute({ conversationId, requesterId, messageId }: DeleteMessageCommand): Promise<void> {
    await requireAccess(conversationId, requesterId, this.conversations, this.members);
    await this.changes.change(conversationId, requesterId, messageId, (found) => {
      const role = requireMembership(found.actorRole);
      const message = requireMessage(found.message);
      requireRightToMessage('deleteMessage', role, message, requesterId);
      return message.deletedAt ? null : { kind: 'deleted' };
    });
  }
}
