import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { canAccessConversation, requireConversation } from '../../domain/services/membership.policy.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';

/** How far a conversation has come. */
export interface ConversationHead {
  readonly conversationId: string;
  readonly lastSeq: number;
  readonly rev: number;
}

export class GetConversationHeadQuery extends Query<ConversationHead> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
  ) {
    super();
  }
}

@QueryHandler(GetConversationHeadQuery)
export class GetConversationHeadHandler implements IQueryHandler<GetConversationHeadQuery> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
  ) {}

  async execute({ conversationId, requesterId }: GetConversationHeadQuery): Promise<ConversationHead> {
    const { lastSeq, rev } = await requireConversation(conversationId, this.conversations);
    await canAccessConversation(conversationId, requesterId, this.members);
    return { conversationId, lastSeq, rev };
  }
}
