import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { EditRules } from '../../domain/models/edit-rules.model.js';
import type { VersionPage } from '../../domain/models/message-version.model.js';
import {
  requireConversationExists,
  requireMembership,
  requireVisibleFrom,
} from '../../domain/services/membership.policy.js';
import { requireMessage, requireRightToMessage } from '../../domain/services/message-change.policy.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { MessageRepositoryPort } from '../ports/message-repository.port.js';
import { MessageVersionsPort } from '../ports/message-versions.port.js';

/** What a message said before its edits. */
export class ListVersionsQuery extends Query<VersionPage> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly messageId: string,
    readonly limit: number,
    readonly cursor?: string,
  ) {
    super();
  }
}

@QueryHandler(ListVersionsQuery)
export class ListVersionsHandler implements IQueryHandler<ListVersionsQuery> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly messages: MessageRepositoryPort,
    private readonly versions: MessageVersionsPort,
    private readonly rules: EditRules,
  ) {}

  async execute(query: ListVersionsQuery): Promise<VersionPage> {
    await this.requireRight(query);
    if (this.rules.history === 'off') return { data: [], nextCursor: null };
    return this.versions.findVersions(query.messageId, query.limit, query.cursor);
  }

  private async requireRight({ conversationId, requesterId, messageId }: ListVersionsQuery): Promise<void> {
    await requireConversationExists(conversationId, this.conversations);
    const visibleFrom = await requireVisibleFrom(conversationId, requesterId, this.members);
    const message = requireMessage(await this.messages.findMessage(conversationId, messageId, visibleFrom));
    if (this.rules.history === 'members') return;
    const own = await this.members.findMember(conversationId, requesterId);
    requireRightToMessage('seeVersions', requireMembership(own?.role ?? null), message, requesterId);
  }
}
