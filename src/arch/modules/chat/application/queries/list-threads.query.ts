import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { ThreadPage } from '../../domain/models/thread-page.model.js';
import { requireConversationExists, requireVisibleFrom } from '../../domain/services/membership.policy.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { ThreadFollowersPort } from '../ports/thread-followers.port.js';

export class ListThreadsQuery extends Query<ThreadPage> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly limit: number,
    readonly cursor?: string,
  ) {
    super();
  }
}

@QueryHandler(ListThreadsQuery)
export class ListThreadsHandler implements IQueryHandler<ListThreadsQuery> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly followers: ThreadFollowersPort,
  ) {}

  async execute({ conversationId, requesterId, limit, cursor }: ListThreadsQuery): Promise<ThreadPage> {
    await requireConversationExists(conversationId, this.conversations);
    const visibleFrom = await requireVisibleFrom(conversationId, requesterId, this.members);
    return this.followers.findOfConversation({
      conversationId,
      visibleFrom,
      userId: requesterId,
      limit,
      cursor,
    });
  }
}
