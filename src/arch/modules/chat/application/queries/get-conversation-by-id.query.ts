import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { ConversationDetail } from '../../domain/models/conversation-detail.model.js';
import { requireAccess } from '../../domain/services/membership.policy.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { readDetail } from '../read-detail.js';

export class GetConversationByIdQuery extends Query<ConversationDetail> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
  ) {
    super();
  }
}

@QueryHandler(GetConversationByIdQuery)
export class GetConversationByIdHandler implements IQueryHandler<GetConversationByIdQuery> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
  ) {}

  async execute({ conversationId, requesterId }: GetConversationByIdQuery): Promise<ConversationDetail> {
    await requireAccess(conversationId, requesterId, this.conversations, this.members);
    return readDetail(conversationId, requesterId, this.members);
  }
}
