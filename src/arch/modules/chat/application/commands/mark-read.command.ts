import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { eventsOfMembership } from '../../domain/events/membership-events.js';
import { NotConversationMemberError } from '../../domain/errors/not-conversation-member.error.js';
import { requireAccess } from '../../domain/services/membership.policy.js';
import { ChatPublisherPort } from '../ports/chat-publisher.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { OwnMembershipPort } from '../ports/own-membership.port.js';

/** A member's own read position, and what is unread behind it. */
export interface ReadPosition {
  readonly conversationId: string;
  readonly lastReadSeq: number;
  readonly unreadCount: number;
  readonly mentionCount: number;
}

export class MarkReadCommand extends Command<ReadPosition> {
  constructor(
    readonly conversationId: string,
    readonly userId: string,
    readonly seq: number,
    /** The socket that is answered, if it is one. */
    readonly socketId?: string,
  ) {
    super();
  }
}

@CommandHandler(MarkReadCommand)
export class MarkReadHandler implements ICommandHandler<MarkReadCommand> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly memberships: OwnMembershipPort,
    private readonly live: ChatPublisherPort,
  ) {}

  async execute({ conversationId, userId, seq, socketId }: MarkReadCommand): Promise<ReadPosition> {
    await requireAccess(conversationId, userId, this.conversations, this.members);
    const marked = await this.memberships.markRead(conversationId, userId, seq);
    if (!marked) throw new NotConversationMemberError();
    for (const event of eventsOfMembership(conversationId, userId, marked, socketId))
      this.live.publish(event);
    const { lastReadSeq, unreadCount, mentionCount } = marked.me;
    return { conversationId, lastReadSeq, unreadCount, mentionCount };
  }
}
