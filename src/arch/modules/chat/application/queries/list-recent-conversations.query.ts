import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { DatabaseEpochPort } from '../../../../common/application/ports/database-epoch.port.js';
import { ConversationHeadsPort } from '../ports/conversation-heads.port.js';

/** The maximum rooms of one socket. */
const RECENT_MAX = 1_000;

export interface RecentConversations {
  /** Last activity first. */
  readonly conversationIds: string[];
  readonly hasMore: boolean;
  /** The epoch before the conversations were read: later reads of them cannot belong to an older one. */
  readonly epoch: string;
}

export class ListRecentConversationsQuery extends Query<RecentConversations> {
  constructor(readonly userId: string) {
    super();
  }
}

@QueryHandler(ListRecentConversationsQuery)
export class ListRecentConversationsHandler implements IQueryHandler<ListRecentConversationsQuery> {
  constructor(
    private readonly heads: ConversationHeadsPort,
    private readonly epoch: DatabaseEpochPort,
  ) {}

  async execute({ userId }: ListRecentConversationsQuery): Promise<RecentConversations> {
    const { current: epoch } = this.epoch;
    const ids = await this.heads.findMostRecent(userId, RECENT_MAX + 1);
    return { conversationIds: ids.slice(0, RECENT_MAX), hasMore: ids.length > RECENT_MAX, epoch };
  }
}
