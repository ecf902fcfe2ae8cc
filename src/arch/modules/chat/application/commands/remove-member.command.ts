import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { requireGroup, requireMember, requireMembership } from '../../domain/services/membership.policy.js';
import { requireRight, requireRightOverOthers } from '../../domain/services/role.policy.js';
import { requireAccessUnlessThread } from '../../domain/services/thread.policy.js';
import { MembershipEnd } from '../membership-end.js';
import { ConversationChangePort } from '../ports/conversation-change.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';

/** Removes a member from a group; a member who removes itself leaves. */
export class RemoveMemberCommand extends Command<void> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly userId: string,
  ) {
    super();
  }
}

@CommandHandler(RemoveMemberCommand)
export class RemoveMemberHandler implements ICommandHandler<RemoveMemberCommand> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly changes: ConversationChangePort,
    private readonly ends: MembershipEnd,
  ) {}

  async execute({ conversationId, requesterId, userId }: RemoveMemberCommand): Promise<void> {
    await requireAccessUnlessThread(conversationId, requesterId, this.conversations, this.members);
    await this.changes.change(
      conversationId,
      requesterId,
      (found) => {
        const role = requireMembership(found.actorRole);
        requireGroup(found.conversation);
        if (userId === requesterId) return this.ends.decideChanges(found, userId, role, 'left');
        requireRightOverOthers('removeMember', role);
        const target = requireMember(found.subjects.get(userId));
        requireRight('removeMember', role, target);
        return this.ends.decideChanges(found, userId, target, 'removed');
      },
      [userId],
    );
  }
}
