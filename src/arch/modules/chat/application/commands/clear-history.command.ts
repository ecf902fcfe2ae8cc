import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { eventsOfMembership } from '../../domain/events/membership-events.js';
import { NotConversationMemberError } from '../../domain/errors/not-conversation-member.error.js';
import { requireAccessUnlessThread } from '../../domain/services/thread.policy.js';
import { ChatPublisherPort } from '../ports/chat-publisher.port.js';
import { ConversationHeadsPort } from '../ports/conversation-heads.port.js';
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
    private readonly heads: ConversationHeadsPort,
  ) {}

  async execute({ conversationId, userId }: ClearHistoryCommand): Promise<void> {
    await requireAccessUnlessThread(conversationId, userId, this.conversations, this.members);
    const cleared = await this.memberships.clearHistory(conversationId, userId);
    if (!cleared) throw new NotConversationMemberError();
    const isHidden = this.hideFromSockets(conversationId, userId);
    for (const event of eventsOfMembership(conversationId, userId, cleared)) this.live.publish(event);
    await isHidden;
  }

  /** The membership may have ended, and begun anew, meanwhile: what is read together holds. */
  private async hideFromSockets(conversationId: string, userId: string): Promise<void> {
    const [head] = await this.heads.findHeads(userId, [conversationId]);
    if (!head) return;
    const { rev, visibleFromSeq } = head;
    await this.live.hideHistory({ conversationId, userId, rev, visibleFromSeq });
  }
}
