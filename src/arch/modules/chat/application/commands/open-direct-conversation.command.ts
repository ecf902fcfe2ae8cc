import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { TransactionRunnerPort } from '../../../../common/application/ports/transaction-runner.port.js';
import { UserNotFoundError } from '../../../../common/domain/errors/user-not-found.error.js';
import { NotConversationMemberError } from '../../domain/errors/not-conversation-member.error.js';
import type { ConversationDetail } from '../../domain/models/conversation-detail.model.js';
import { MEMBERS_PAGE } from '../../domain/models/conversation-member.model.js';
import type { Conversation, ConversationSummary } from '../../domain/models/conversation.model.js';
import { requireOpenable } from '../../domain/services/reach.policy.js';
import { ChatPublisherPort } from '../ports/chat-publisher.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { ConversationQuotaPort } from '../ports/conversation-quota.port.js';
import { ReachPort } from '../ports/reach.port.js';
import { DirectConversationRepositoryPort } from '../ports/direct-conversation-repository.port.js';

/** The direct conversation, and whether it was not there before. */
export interface DirectConversation {
  readonly conversation: ConversationDetail;
  readonly isNew: boolean;
}

export class OpenDirectConversationCommand extends Command<DirectConversation> {
  constructor(
    readonly openerId: string,
    readonly otherId: string,
  ) {
    super();
  }
}

/** Only who has opened it is sent `conversation_added` now; the publisher sends it to the other one with the first message. */
@CommandHandler(OpenDirectConversationCommand)
export class OpenDirectConversationHandler implements ICommandHandler<OpenDirectConversationCommand> {
  constructor(
    private readonly directs: DirectConversationRepositoryPort,
    private readonly reach: ReachPort,
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly quota: ConversationQuotaPort,
    private readonly transactions: TransactionRunnerPort,
    private readonly live: ChatPublisherPort,
  ) {}

  /** The other one is a member from the start, and not added. */
  execute(command: OpenDirectConversationCommand): Promise<DirectConversation> {
    const amounts = { conversations: 1, members: 0 };
    return this.quota.runCounted(command.openerId, amounts, (count) => this.open(command, count));
  }

  /** @param count called for a conversation that was not there */
  private open(
    { openerId, otherId }: OpenDirectConversationCommand,
    count: () => void,
  ): Promise<DirectConversation> {
    return this.transactions.runInTransaction(async () => {
      if (otherId !== openerId) await this.requireReach(openerId, otherId);
      const { conversation, isNew } = await this.directs.open(openerId, otherId);
      if (isNew) count();
      const summary = await this.readSummary(openerId, conversation);
      const { data: members } = await this.members.findMemberPage(conversation.id, openerId, MEMBERS_PAGE);
      if (isNew) this.publishAddition(openerId, summary);
      return { conversation: { ...summary, members, membersCursor: null }, isNew };
    });
  }

  private async requireReach(openerId: string, otherId: string): Promise<void> {
    const reach = (await this.reach.holdReach(openerId, [otherId])).get(otherId);
    if (!reach) throw new UserNotFoundError();
    requireOpenable(reach, (await this.directs.findOfPair(openerId, otherId)) !== null);
  }

  private async readSummary(openerId: string, { id }: Conversation): Promise<ConversationSummary> {
    const summary = await this.members.findConversationOfUser(openerId, id);
    if (!summary) throw new NotConversationMemberError();
    return summary;
  }

  private publishAddition(userId: string, conversation: ConversationSummary): void {
    this.transactions.afterCommit({
      publish: () => this.live.publish({ kind: 'conversation_added', userId, conversation }),
      isStored: () => this.conversations.isStored(conversation),
    });
  }
}
