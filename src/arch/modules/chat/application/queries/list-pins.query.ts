import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { PinPage } from '../../domain/models/pin-page.model.js';
import { requireConversationExists, requireVisibleFrom } from '../../domain/services/membership.policy.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { MessagePinsPort } from '../ports/message-pins.port.js';

export class ListPinsQuery extends Query<PinPage> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly limit: number,
    readonly cursor?: string,
  ) {
    super();
  }
}

@QueryHandler(ListPinsQuery)
export class ListPinsHandler implements IQueryHandler<ListPinsQuery> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly pins: MessagePinsPort,
  ) {}

  async execute({ conversationId, requesterId, limit, cursor }: ListPinsQuery): Promise<PinPage> {
    await requireConversationExists(conversationId, this.conversations);
    const visibleFrom = await requireVisibleFrom(conversationId, requesterId, this.members);
    return this.pins.findPins({ conversationId, readerId: requesterId, visibleFrom, limit, cursor });
  }
}
