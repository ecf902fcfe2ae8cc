import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { NotConversationMemberError } from '../../domain/errors/not-conversation-member.error.js';
import { type ConversationMember, MEMBERS_PAGE } from '../../domain/models/conversation-member.model.js';
import type { ConversationSummary } from '../../domain/models/conversation.model.js';
import { requireAccess } from '../../domain/services/membership.policy.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';

export interface ConversationDetail extends ConversationSummary {
  /** The first page of the members. */
  readonly members: readonly ConversationMember[];
  /** Cursor of the next page; null when these are all. */
  readonly membersCursor: string | null;
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
    await requireAccess(conversationId, requesterId, this.conversations, this.members);
    const conversation = await this.members.findConversationOfUser(requesterId, conversationId);
    if (!conversation) throw new NotConversationMemberError();
    const { data: members, nextCursor } = await this.members.findMemberPage(
      conversationId,
      requesterId,
      MEMBERS_PAGE,
    );
    // The list may be newer than the count, which was read before.
    const memberCount = nextCursor === null ? members.length : conversation.memberCount;
    return { ...conversation, memberCount, members, membersCursor: nextCursor };
  }
}
