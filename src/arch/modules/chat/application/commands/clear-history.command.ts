import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { eventsOfMembership } from '../../domain/events/membership-events.js';
import { NotConversationMemberError } from '../../domain/errors/not-conversation-member.error.js';
import { requireAccessUnlessThread } from '../../domain/services/thread.policy.js';
import { ChatPublisherPort } from '../ports/chat-publisher.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { OwnMembershipPort } from '../ports/own-membership.port.js';

/** Hides all messages until now from one member, as read; the others see them as before. */
export class ClearHistoryCommand extends Command<void> {
  constructor(
    readonly conversationId: string,
    readonly userId: string,
  ) {
    super();
  }
}

@CommandHandler(ClearHistoryCommand)
export class ClearHistoryHandler implements ICommandHandler<ClearHistoryCommand> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly memberships: OwnMembershipPort,
    private readonly live: ChatPublisherPort,
  ) {}

  async execute({ conversationId, userId }: ClearHistoryCommand): Promise<void> {
    await requireAccessUnlessThread(conversationId, userId, this.conversations, this.members);
    const cleared = await this.memberships.clearHistory(conversationId, userId);
    if (!cleared) throw new NotConversationMemberError();
    for (const event of eventsOfMembership(conversationId, userId, cleared)) this.live.publish(event);
  }
}
