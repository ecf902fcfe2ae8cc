import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { UnreadTotal } from '../../domain/models/unread-total.model.js';
import { ConversationHeadsPort } from '../ports/conversation-heads.port.js';

/** Maximum conversations that are counted unless all are requested. */
const COUNTED_MAX = 1_000;

export class GetUnreadTotalQuery extends Query<UnreadTotal> {
  constructor(
    readonly userId: string,
    /** Whether all conversations are counted, however many there are. */
    readonly exact: boolean,
  ) {
    super();
  }
}

@QueryHandler(GetUnreadTotalQuery)
export class GetUnreadTotalHandler implements IQueryHandler<GetUnreadTotalQuery> {
  constructor(private readonly heads: ConversationHeadsPort) {}

  execute({ userId, exact }: GetUnreadTotalQuery): Promise<UnreadTotal> {
    return this.heads.countUnread(userId, exact ? undefined : COUNTED_MAX);
  }
}
