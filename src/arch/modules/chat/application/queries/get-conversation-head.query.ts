import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { DatabaseEpochPort } from '../../../../common/application/ports/database-epoch.port.js';
import { requireConversation, requireVisibleFrom } from '../../domain/services/membership.policy.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';

/** The latest numbers of a conversation. */
export interface ConversationHead {
  readonly conversationId: string;
  readonly lastSeq: number;
  readonly rev: number;
  /** The first message that the reader sees. */
  readonly visibleFromSeq: number;
  /** The epoch of `lastSeq` and `rev`. */
  readonly epoch: string;
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
    private readonly epoch: DatabaseEpochPort,
  ) {}

  async execute({ conversationId, requesterId }: GetConversationHeadQuery): Promise<ConversationHead> {
    const { current: epoch } = this.epoch;
    const { lastSeq, rev } = await requireConversation(conversationId, this.conversations);
    const visibleFromSeq = await requireVisibleFrom(conversationId, requesterId, this.members);
    return { conversationId, lastSeq, rev, visibleFromSeq, epoch };
  }
}
