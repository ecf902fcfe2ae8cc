import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { MemberNotFoundError } from '../../domain/errors/member-not-found.error.js';
import { roleChange } from '../../domain/models/conversation-change.model.js';
import type { ConversationMember, MemberRole } from '../../domain/models/conversation-member.model.js';
import { requireGroup, requireMember, requireMembership } from '../../domain/services/membership.policy.js';
import { requireRight, requireRightOverOthers } from '../../domain/services/role.policy.js';
import { requireAccessUnlessThread } from '../../domain/services/thread.policy.js';
import { ConversationChangePort } from '../ports/conversation-change.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';

/** Gives a member another role. The role of the owner is transferred: the old owner becomes an admin. */
export class ChangeRoleCommand extends Command<ConversationMember> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly userId: string,
    readonly role: MemberRole,
  ) {
    super();
  }
}

@CommandHandler(ChangeRoleCommand)
export class ChangeRoleHandler implements ICommandHandler<ChangeRoleCommand> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly changes: ConversationChangePort,
  ) {}

  async execute(command: ChangeRoleCommand): Promise<ConversationMember> {
    const { conversationId, requesterId, userId, role } = command;
    await requireAccessUnlessThread(conversationId, requesterId, this.conversations, this.members);
    const stored = await this.changes.change(
      conversationId,
      requesterId,
      ({ conversation, actorRole, subjects }) => {
        const own = requireMembership(actorRole);
        requireGroup(conversation);
        requireRightOverOthers('changeRole', own);
        const current = requireMember(subjects.get(userId));
        if (current === role) return [];
        requireRight('changeRole', own, userId === requesterId ? 'self' : current);
        // The demotion comes first: a conversation has one owner at a time.
        const demotion = role === 'owner' ? [roleChange(requesterId, 'admin')] : [];
        return [...demotion, roleChange(userId, role)];
      },
      [userId],
    );
    // Of what was stored: the member may be removed before it is read again.
    const changed = stored.at(-1)?.result.seenByActor;
    return changed ?? this.readMember(conversationId, userId, requesterId);
  }
  /** Whose role is the same as before. */
  private async readMember(
    conversationId: string,
    userId: string,
    requesterId: string,
  ): Promise<ConversationMember> {
    const member = await this.members.findMember(conversationId, userId, requesterId);
    if (!member) throw new MemberNotFoundError();
    return member;
  }
}
