import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { requireMembership } from '../../domain/services/membership.policy.js';
import { requireRightOverOthers } from '../../domain/services/role.policy.js';
import { requireAccessUnlessThread } from '../../domain/services/thread.policy.js';
import { type BanPage, BanRepositoryPort } from '../ports/ban-repository.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';

/** Only those who may ban see who is banned. */
export class ListBansQuery extends Query<BanPage> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly limit: number,
    readonly cursor?: string,
  ) {
    super();
  }
}

@QueryHandler(ListBansQuery)
export class ListBansHandler implements IQueryHandler<ListBansQuery> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly bans: BanRepositoryPort,
  ) {}

  async execute({ conversationId, requesterId, limit, cursor }: ListBansQuery): Promise<BanPage> {
    // This comes first, so that an invalid cursor is refused before the answer depends on the conversation.
    const page = await this.bans.findBans(conversationId, limit, cursor);
    await requireAccessUnlessThread(conversationId, requesterId, this.conversations, this.members);
    const own = await this.members.findMember(conversationId, requesterId);
    requireRightOverOthers('banMember', requireMembership(own?.role ?? null));
    return page;
  }
}
