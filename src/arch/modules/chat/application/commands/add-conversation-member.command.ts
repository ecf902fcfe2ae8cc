import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ConversationMember } from '../../domain/models/conversation-member.model.js';
import {
  memberAddition,
  type StoredChange,
  type VisibleHistory,
} from '../../domain/models/conversation-change.model.js';
import {
  requireRightToAddMember,
  requireAccount,
  requireGroup,
  requireMembership,
  requireNoMembership,
  requirePlace,
  requireVisibleFrom,
  shownHistory,
} from '../../domain/services/membership.policy.js';
import { MemberBannedError } from '../../domain/errors/member-banned.error.js';
import { BanRepositoryPort } from '../ports/ban-repository.port.js';
import { requireAddable } from '../../domain/services/reach.policy.js';
import { requireAccessUnlessThread } from '../../domain/services/thread.policy.js';
import { ConversationChangePort } from '../ports/conversation-change.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationQuotaPort } from '../ports/conversation-quota.port.js';
import { ReachPort } from '../ports/reach.port.js';
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
    private readonly reach: ReachPort,
    private readonly quota: ConversationQuotaPort,
  ) {}

  /** Only members get to wait for the conversation's lock; everything else is decided behind it. */
  async execute(command: AddConversationMemberCommand): Promise<ConversationMember> {
    const { conversationId, requesterId } = command;
    await requireAccessUnlessThread(conversationId, requesterId, this.conversations, this.members);
    const amounts = { conversations: 0, members: 1 };
    return this.quota.runCounted(requesterId, amounts, (count) => this.add(command, count));
  }

  /** @param count called when nothing refuses the addition */
  private async add(
    { conversationId, requesterId, userId, history }: AddConversationMemberCommand,
    count: () => void,
  ): Promise<ConversationMember> {
    const [added] = await this.changes.change(
      conversationId,
      requesterId,
      async ({ conversation, actorRole, subjects }) => {
        const role = requireMembership(actorRole);
        requireGroup(conversation);
        requireRightToAddMember(role, conversation);
        requireNoMembership(requireAccount(userId, subjects));
        if (await this.bans.isBanned(conversationId, userId)) throw new MemberBannedError();
        await this.requireReach(requesterId, userId);
        requirePlace(conversation);
        const visibleFrom = await requireVisibleFrom(conversationId, requesterId, this.members);
        count();
        return [memberAddition(userId, 'member', shownHistory(role, visibleFrom, history))];
      },
      [userId],
    );
    return (added as StoredChange<'member_added'>).result.seenByActor;
  }

  /** The account of the new member is locked. */
  private async requireReach(requesterId: string, userId: string): Promise<void> {
    const reach = (await this.reach.holdReach(requesterId, [userId])).get(userId);
    if (reach) requireAddable(reach);
  }
}
