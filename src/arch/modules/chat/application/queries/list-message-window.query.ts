import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { MessageWindow } from '../../domain/models/message-page.model.js';
import { canAccessConversation, requireConversation } from '../../domain/services/membership.policy.js';
import { type MessageAnchor, seqRangeAt } from '../../domain/services/message-window.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { MessageRepositoryPort } from '../ports/message-repository.port.js';

export class ListMessageWindowQuery extends Query<MessageWindow> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly anchor: MessageAnchor,
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(ListMessageWindowQuery)
export class ListMessageWindowHandler implements IQueryHandler<ListMessageWindowQuery> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly messages: MessageRepositoryPort,
  ) {}

  async execute({
    conversationId,
    requesterId,
    anchor,
    limit,
  }: ListMessageWindowQuery): Promise<MessageWindow> {
    const { lastSeq } = await requireConversation(conversationId, this.conversations);
    await canAccessConversation(conversationId, requesterId, this.members);
    const { from, to } = seqRangeAt(anchor, limit, lastSeq);
    const data = await this.messages.findRange(conversationId, from, to);
    return { data, hasMoreBefore: from > 1, hasMoreAfter: to < lastSeq };
  }
}
