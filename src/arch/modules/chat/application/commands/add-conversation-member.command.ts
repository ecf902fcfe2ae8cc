import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ConversationMember } from '../../domain/models/conversation-member.model.js';
import {
  memberAddition,
  type StoredChange,
  type VisibleHistory,
} from '../../domain/models/conversation-change.model.js';
import {
  requireRightToAddMember,
  requireAccess,
  requireAccount,
  requireGroup,
  requireMembership,
  requireNoMembership,
  requirePlace,
} from '../../domain/services/membership.policy.js';
import { MemberBannedError } from '../../domain/errors/member-banned.error.js';
import { BanRepositoryPort } from '../ports/ban-repository.port.js';
import { ConversationChangePort } from '../ports/conversation-change.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';

export class AddConversationMemberCommand extends Command<ConversationMember> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly userId: string,
    readonly history: VisibleHistory = 'all',
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
    private readonly bans: BanRepositoryPort,
  ) {}

  /** Only members get to wait for the conversation's lock; everything else is decided behind it. */
  async execute(command: AddConversationMemberCommand): Promise<ConversationMember> {
    const { conversationId, requesterId, userId, history } = command;
    await requireAccess(conversationId, requesterId, this.conversations, this.members);
    const [added] = await this.changes.change(
      conversationId,
      requesterId,
      async ({ conversation, actorRole, subjects }) => {
        const role = requireMembership(actorRole);
        requireGroup(conversation);
        requireRightToAddMember(role, conversation);
        requireNoMembership(requireAccount(userId, subjects));
        if (await this.bans.isBanned(conversationId, userId)) throw new MemberBannedError();
        requirePlace(conversation);
        return [memberAddition(userId, 'member', history)];
      },
      [userId],
    );
    return (added as StoredChange<'member_added'>).result.member;
  }
}
