import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { MemberHead } from '../../domain/models/member-head.model.js';
import { ConversationHeadsPort } from '../ports/conversation-heads.port.js';

/** Returns only conversations that the user is a member of. */
export class ListConversationHeadsQuery extends Query<MemberHead[]> {
  constructor(
    readonly userId: string,
    readonly conversationIds: readonly string[],
  ) {
    super();
  }
}

@QueryHandler(ListConversationHeadsQuery)
export class ListConversationHeadsHandler implements IQueryHandler<ListConversationHeadsQuery> {
  constructor(private readonly heads: ConversationHeadsPort) {}

  execute({ userId, conversationIds }: ListConversationHeadsQuery): Promise<MemberHead[]> {
    return this.heads.findHeads(userId, conversationIds);
  }
}
