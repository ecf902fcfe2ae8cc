import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { ConversationHeadsPort } from '../ports/conversation-heads.port.js';

/** As many as one socket may join. */
const RECENT_MAX = 1_000;

export interface RecentConversations {
  /** Last activity first. */
  readonly conversationIds: string[];
  readonly hasMore: boolean;
}

export class ListRecentConversationsQuery extends Query<RecentConversations> {
  constructor(readonly userId: string) {
    super();
  }
}

@QueryHandler(ListRecentConversationsQuery)
export class ListRecentConversationsHandler implements IQueryHandler<ListRecentConversationsQuery> {
  constructor(private readonly heads: ConversationHeadsPort) {}

  async execute({ userId }: ListRecentConversationsQuery): Promise<RecentConversations> {
    const ids = await this.heads.findMostRecent(userId, RECENT_MAX + 1);
    return { conversationIds: ids.slice(0, RECENT_MAX), hasMore: ids.length > RECENT_MAX };
  }
}
