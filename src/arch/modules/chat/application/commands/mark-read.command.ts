import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { NotConversationMemberError } from '../../domain/errors/not-conversation-member.error.js';
import { requireAccess } from '../../domain/services/membership.policy.js';
import { ChatPublisherPort } from '../ports/chat-publisher.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';

/** A member's read position, and its unread count. */
export interface ReadPosition {
  readonly conversationId: string;
  readonly lastReadSeq: number;
  readonly unreadCount: number;
}

export class MarkReadCommand extends Command<ReadPosition> {
  constructor(
    readonly conversationId: string,
    readonly userId: string,
    readonly seq: number,
  ) {
    super();
  }
}

@CommandHandler(MarkReadCommand)
export class MarkReadHandler implements ICommandHandler<MarkReadCommand> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly live: ChatPublisherPort,
  ) {}

  async execute({ conversationId, userId, seq }: MarkReadCommand): Promise<ReadPosition> {
    await requireAccess(conversationId, userId, this.conversations, this.members);
    const marked = await this.members.markRead(conversationId, userId, seq);
    if (!marked) throw new NotConversationMemberError();
    const { moved, lastReadSeq, unreadCount } = marked;
    if (moved) this.live.publish({ kind: 'message_read', conversationId, userId, lastReadSeq });
    return { conversationId, lastReadSeq, unreadCount };
  }
}
