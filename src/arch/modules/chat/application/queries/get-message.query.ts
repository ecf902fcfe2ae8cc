import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { ReadMessage } from '../../domain/models/read-message.model.js';
import { requireConversationExists, requireVisibleFrom } from '../../domain/services/membership.policy.js';
import { requireMessage } from '../../domain/services/message-change.policy.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { MessageRepositoryPort } from '../ports/message-repository.port.js';

export class GetMessageQuery extends Query<ReadMessage> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly messageId: string,
  ) {
    super();
  }
}

@QueryHandler(GetMessageQuery)
export class GetMessageHandler implements IQueryHandler<GetMessageQuery> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly messages: MessageRepositoryPort,
  ) {}

  async execute({ conversationId, requesterId, messageId }: GetMessageQuery): Promise<ReadMessage> {
    await requireConversationExists(conversationId, this.conversations);
    const visibleFrom = await requireVisibleFrom(conversationId, requesterId, this.members);
    return requireMessage(
      await this.messages.findMessage(conversationId, messageId, visibleFrom, requesterId),
    );
  }
}
