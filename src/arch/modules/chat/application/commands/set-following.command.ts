import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ConversationNotFoundError } from '../../domain/errors/conversation-not-found.error.js';
import { NotConversationMemberError } from '../../domain/errors/not-conversation-member.error.js';
import { isThreadId } from '../../domain/models/thread.model.js';
import { requireAccess } from '../../domain/services/membership.policy.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { ThreadFollowersPort } from '../ports/thread-followers.port.js';

export class SetFollowingCommand extends Command<void> {
  constructor(
    readonly threadId: string,
    readonly userId: string,
    readonly follows: boolean,
  ) {
    super();
  }
}

/** A conversation that is no thread is none that can be followed. */
@CommandHandler(SetFollowingCommand)
export class SetFollowingHandler implements ICommandHandler<SetFollowingCommand> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly followers: ThreadFollowersPort,
  ) {}

  async execute({ threadId, userId, follows }: SetFollowingCommand): Promise<void> {
    await requireAccess(threadId, userId, this.conversations, this.members);
    if (!isThreadId(threadId)) throw new ConversationNotFoundError();
    if (!follows) await this.followers.unfollow(threadId, userId);
    else if (!(await this.followers.follow(threadId, userId))) throw new NotConversationMemberError();
  }
}
