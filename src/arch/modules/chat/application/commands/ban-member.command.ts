import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import { type BanDraft, draftBan } from '../../domain/models/ban.model.js';
import { requireAccount, requireGroup, requireMembership } from '../../domain/services/membership.policy.js';
import { requireRight, requireRightOverOthers } from '../../domain/services/role.policy.js';
import { requireAccessUnlessThread } from '../../domain/services/thread.policy.js';
import { MembershipEnd } from '../membership-end.js';
import { BanRepositoryPort } from '../ports/ban-repository.port.js';
import { ConversationChangePort } from '../ports/conversation-change.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';

/** Bans a user from a group: ends the membership, if there is one, and lets nobody add that user again. */
export class BanMemberCommand extends Command<void> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly userId: string,
    readonly ban: BanDraft,
  ) {
    super();
  }
}

@CommandHandler(BanMemberCommand)
export class BanMemberHandler implements ICommandHandler<BanMemberCommand> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly changes: ConversationChangePort,
    private readonly bans: BanRepositoryPort,
    private readonly ends: MembershipEnd,
  ) {}

  /** The ban is stored in the transaction of the change, so that nobody is added in between. */
  async execute({ conversationId, requesterId, userId, ban }: BanMemberCommand): Promise<void> {
    const draft = draftBan(ban);
    await requireAccessUnlessThread(conversationId, requesterId, this.conversations, this.members);
    await this.changes.change(
      conversationId,
      requesterId,
      async (found) => {
        const role = requireMembership(found.actorRole);
        requireGroup(found.conversation);
        requireRightOverOthers('banMember', role);
        const target = requireAccount(userId, found.subjects);
        requireRight('banMember', role, userId === requesterId ? 'self' : (target ?? 'outsider'));
        if (!(await this.bans.storeBan(conversationId, userId, requesterId, draft)))
          throw new ValidationFailedError([{ path: 'until', message: 'must be in the future' }]);
        return target === null ? [] : this.ends.decideChanges(found, userId, target, 'banned');
      },
      [userId],
    );
  }
}
