import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { NotConversationMemberError } from '../../domain/errors/not-conversation-member.error.js';
import type { ConversationChanges } from '../../domain/models/conversation-changes.model.js';
import { canAccessConversation, conversationMustExist } from '../../domain/services/membership.policy.js';
import { ConversationChangesPort } from '../ports/conversation-changes.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';

export interface ChangesPage extends ConversationChanges {
  /** How far this page goes: what to ask for next. */
  readonly rev: number;
  readonly hasMore: boolean;
}

export class ListChangesQuery extends Query<ChangesPage> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly since: number,
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(ListChangesQuery)
export class ListChangesHandler implements IQueryHandler<ListChangesQuery> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly changes: ConversationChangesPort,
  ) {}

  async execute({ conversationId, requesterId, since, limit }: ListChangesQuery): Promise<ChangesPage> {
    await conversationMustExist(conversationId, this.conversations);
    await canAccessConversation(conversationId, requesterId, this.members);
    const found = await this.changes.findChanges(conversationId, requesterId, since, limit + 1);
    if (!found) throw new NotConversationMemberError();
    const messages = found.messages.slice(0, limit);
    const last = found.messages.length > limit ? messages.at(-1) : undefined;
    return { ...found, messages, rev: last?.rev ?? found.conversation.rev, hasMore: last !== undefined };
  }
}
