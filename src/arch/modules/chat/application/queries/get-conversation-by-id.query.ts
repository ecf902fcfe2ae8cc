import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { NotConversationMemberError } from '../../domain/errors/not-conversation-member.error.js';
import type { ConversationMember } from '../../domain/models/conversation-member.model.js';
import type { ConversationSummary } from '../../domain/models/conversation.model.js';
import { canAccessConversation, conversationMustExist } from '../../domain/services/membership.policy.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';

export interface ConversationDetail extends ConversationSummary {
  readonly members: readonly ConversationMember[];
}

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
    await conversationMustExist(conversationId, this.conversations);
    await canAccessConversation(conversationId, requesterId, this.members);
    const conversation = await this.members.findConversationOfUser(requesterId, conversationId);
    if (!conversation) throw new NotConversationMemberError();
    const members = await this.members.findMembersByConversation(conversationId);
    return { ...conversation, memberCount: members.length, members };
  }
}
