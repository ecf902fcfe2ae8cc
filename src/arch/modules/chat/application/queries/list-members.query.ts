import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { requireAccess } from '../../domain/services/membership.policy.js';
import {
  ConversationMemberRepositoryPort,
  type MemberPage,
} from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';

export class ListMembersQuery extends Query<MemberPage> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly limit: number,
    readonly cursor?: string,
  ) {
    super();
  }
}

@QueryHandler(ListMembersQuery)
export class ListMembersHandler implements IQueryHandler<ListMembersQuery> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
  ) {}

  async execute({ conversationId, requesterId, limit, cursor }: ListMembersQuery): Promise<MemberPage> {
    // This comes first, so that an invalid cursor is refused before the answer depends on the conversation.
    const page = await this.members.findMemberPage(conversationId, requesterId, limit, cursor);
    await requireAccess(conversationId, requesterId, this.conversations, this.members);
    return page;
  }
}
