import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { MessagePage } from '../../domain/models/message-page.model.js';
import { requireConversationExists, requireVisibleFrom } from '../../domain/services/membership.policy.js';
import { fittingMessages } from '../../domain/services/fitting-messages.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { MessageRepositoryPort } from '../ports/message-repository.port.js';

export class ListMessagesQuery extends Query<MessagePage> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly page: number,
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(ListMessagesQuery)
export class ListMessagesHandler implements IQueryHandler<ListMessagesQuery> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly messages: MessageRepositoryPort,
  ) {}

  async execute({ conversationId, requesterId, page, limit }: ListMessagesQuery): Promise<MessagePage> {
    await requireConversationExists(conversationId, this.conversations);
    const visibleFrom = await requireVisibleFrom(conversationId, requesterId, this.members);
    const { data, total, rev } = await this.messages.findByConversation(
      conversationId,
      page,
      limit,
      visibleFrom,
      requesterId,
    );
    const shown = fittingMessages(data);
    return { data: shown, total, rev, truncated: shown.length < data.length };
  }
}
