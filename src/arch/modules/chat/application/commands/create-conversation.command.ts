import type { ConversationDetail } from '../../domain/models/conversation-detail.model.js';
import { ownMembershipOf, UNCHANGED_MEMBERSHIP } from '../../domain/models/own-membership.model.js';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { TransactionRunnerPort } from '../../../../common/application/ports/transaction-runner.port.js';
import { UserRepositoryPort } from '../../../user/application/ports/user-repository.port.js';
import { UserNotFoundError } from '../../../../common/domain/errors/user-not-found.error.js';
import { type ConversationMember, MEMBERS_PAGE } from '../../domain/models/conversation-member.model.js';
import { type Conversation, type ConversationSummary } from '../../domain/models/conversation.model.js';
import { draftTitle } from '../../domain/models/settings-draft.model.js';
import { requireAllAddable } from '../../domain/services/reach.policy.js';
import { ChatPublisherPort } from '../ports/chat-publisher.port.js';
import { ReachPort } from '../ports/reach.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationQuotaPort } from '../ports/conversation-quota.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';

export class CreateConversationCommand extends Command<ConversationDetail> {
  constructor(
    readonly createdBy: string,
    readonly memberIds: readonly string[],
    readonly title: string | null = null,
  ) {
    super();
  }
}

@CommandHandler(CreateConversationCommand)
export class CreateConversationHandler implements ICommandHandler<CreateConversationCommand> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly users: UserRepositoryPort,
    private readonly reach: ReachPort,
    private readonly quota: ConversationQuotaPort,
    private readonly transactions: TransactionRunnerPort,
    private readonly live: ChatPublisherPort,
  ) {}

  execute(command: CreateConversationCommand): Promise<ConversationDetail> {
    const others = new Set(command.memberIds);
    others.delete(command.createdBy);
    const amounts = { conversations: 1, members: others.size };
    return this.quota.runCounted(command.createdBy, amounts, (count) => this.create(command, others, count));
  }

  /** @param count called when nothing refuses the creation */
  private create(
    { createdBy, memberIds, title: given }: CreateConversationCommand,
    others: ReadonlySet<string>,
    count: () => void,
  ): Promise<ConversationDetail> {
    const title = draftTitle(given);
    return this.transactions.runInTransaction(async () => {
      await this.requireUsers(memberIds);
      requireAllAddable(await this.reach.holdReach(createdBy, [...others]), memberIds);
      count();
      const memberCount = others.size + 1;
      const conversation = await this.conversations.create({ createdBy, title, memberCount });
      await this.members.addFirstMembers(conversation.id, [createdBy, ...others]);
      const members = await this.members.findMembersByConversation(conversation.id);
      const firstPage = await this.members.findMemberPage(conversation.id, createdBy, MEMBERS_PAGE);
      const summaries = new Map(members.map((member) => [member.userId, asSeenBy(member, conversation)]));
      this.transactions.afterCommit({
        publish: () => {
          for (const [userId, summary] of summaries)
            this.live.publish({ kind: 'conversation_added', userId, conversation: summary });
        },
        isStored: () => this.conversations.isStored(conversation),
      });
      const own = summaries.get(createdBy) as ConversationSummary;
      return { ...own, members: firstPage.data, membersCursor: firstPage.nextCursor };
    });
  }

  private async requireUsers(ids: readonly string[]): Promise<void> {
    const unknown = await this.users.findUnknown([...new Set(ids)]);
    if (unknown.length === 0) return;
    throw new UserNotFoundError(
      unknown.map((id) => ({ path: `memberIds.${ids.indexOf(id)}`, message: `There is no user ${id}.` })),
    );
  }
}

function asSeenBy(
  { role, joinedAt, lastReadSeq }: ConversationMember,
  conversation: Conversation,
): ConversationSummary {
  const me = ownMembershipOf({ ...UNCHANGED_MEMBERSHIP, role, joinedAt, ownReadSeq: lastReadSeq }, 0);
  return { ...conversation, other: null, lastMessage: null, me };
}
