import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { eventsOfMembership } from '../../domain/events/membership-events.js';
import { NotConversationMemberError } from '../../domain/errors/not-conversation-member.error.js';
import type { MembershipChange, OwnMembership } from '../../domain/models/own-membership.model.js';
import { requireAccess } from '../../domain/services/membership.policy.js';
import { requireNoThread } from '../../domain/services/thread.policy.js';
import { ChatPublisherPort } from '../ports/chat-publisher.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { OwnMembershipPort } from '../ports/own-membership.port.js';

export class ChangeOwnMembershipCommand extends Command<OwnMembership> {
  constructor(
    readonly conversationId: string,
    readonly userId: string,
    readonly change: MembershipChange,
  ) {
    super();
  }
}

@CommandHandler(ChangeOwnMembershipCommand)
export class ChangeOwnMembershipHandler implements ICommandHandler<ChangeOwnMembershipCommand> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly memberships: OwnMembershipPort,
    private readonly live: ChatPublisherPort,
  ) {}

  async execute({ conversationId, userId, change }: ChangeOwnMembershipCommand): Promise<OwnMembership> {
    await requireAccess(conversationId, userId, this.conversations, this.members);
    if (isMoreThanPosition(change)) requireNoThread(conversationId);
    const changed = await this.memberships.changeMembership(conversationId, userId, change);
    if (!changed) throw new NotConversationMemberError();
    for (const event of eventsOfMembership(conversationId, userId, changed)) this.live.publish(event);
    return changed.me;
  }
}

/** In a thread one has a read position, and nothing else of one's own. */
const isMoreThanPosition = (change: MembershipChange): boolean =>
  Object.entries(change).some(([name, value]) => name !== 'lastReadSeq' && value !== undefined);
