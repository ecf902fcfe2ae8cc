import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { MessageWindow } from '../../domain/models/message-page.model.js';
import type { Message } from '../../domain/models/message.model.js';
import { canAccessConversation, requireConversation } from '../../domain/services/membership.policy.js';
import { type MessageAnchor, seqRangeAt } from '../../domain/services/message-window.js';
import { fittingMessages } from '../../domain/services/fitting-messages.js';
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
    const data = nearest(await this.messages.findRange(conversationId, from, to), anchor.seq);
    const oldest = data.at(-1)?.seq ?? from;
    const newest = data[0]?.seq ?? to;
    return { data, hasMoreBefore: oldest > 1, hasMoreAfter: newest < lastSeq };
  }
}

/**
 * The messages that fit on a page, the nearest to the anchor first: omitted ones are at the ends, and on the next
 * pages.
 */
function nearest(window: readonly Message[], place: number): readonly Message[] {
  const byDistance = window.toSorted((a, b) => Math.abs(a.seq - place) - Math.abs(b.seq - place));
  const shown = fittingMessages(byDistance);
  return shown.length === window.length ? window : shown.toSorted((a, b) => b.seq - a.seq);
}
