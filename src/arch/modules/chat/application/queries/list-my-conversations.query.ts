import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import {
  type ConversationFilter,
  ConversationMemberRepositoryPort,
  type ConversationPage,
} from '../ports/conversation-member-repository.port.js';

export class ListMyConversationsQuery extends Query<ConversationPage> {
  constructor(
    readonly userId: string,
    readonly limit: number,
    readonly cursor?: string,
    readonly filter?: ConversationFilter,
  ) {
    super();
  }
}

@QueryHandler(ListMyConversationsQuery)
export class ListMyConversationsHandler implements IQueryHandler<ListMyConversationsQuery> {
  constructor(private readonly members: ConversationMemberRepositoryPort) {}

  execute({ userId, limit, cursor, filter }: ListMyConversationsQuery): Promise<ConversationPage> {
    return this.members.findConversationsByUser(userId, limit, cursor, filter);
  }
}
